import { type FileSource, readConnectionRecords } from '@connection-records/client/read';

/** How many connections each user had. In a page: `await connectionsByUser(input.files[0])`. */
export async function connectionsByUser(file: FileSource): Promise<Map<string, number>> {
  const users = new Map<string, number>();
  for await (const { user_name = 'nobody' } of readConnectionRecords(file))
    users.set(user_name, (users.get(user_name) ?? 0) + 1);
  return users;
}

const csv = '连接用户,是否重连\nzhang3@corp.example,否\nzhang3@corp.example,是\n';
console.log(await connectionsByUser(new Blob([csv])));
