/** What a server of a trial knows: who may call, and whose records there are. */
import type { Account } from '../src/auth/authenticate.ts';

/** The project that the suite asks about. */
export const projectId = '0123456789abcdef0123456789abcdef';
/** The project that it must not see anything of. */
export const forbiddenProjectId = 'fedcba9876543210fedcba9876543210';

/** Every project but the forbidden one: in a sandbox, the suite makes up ids of its own. */
class OtherProjects extends Array<string> {
  override includes(id: string): boolean {
    return id !== '*' && id !== forbiddenProjectId;
  }
}

/** Whose credentials the suite has. */
export const caller = {
  name: 'suite',
  token: 'MIIEAgYJKoZIhvcNAQcCoIID8zCCA-suite',
  ak: 'HPUASUITEACCESSKEY01',
  sk: 'kWFB0mCexG3TlpzlmB2suiteSecretKey0000001',
  projects: new OtherProjects(),
  actions: ['*'],
} satisfies Account;

/** Who has the forbidden project. */
export const neighbour = {
  name: 'neighbour',
  token: 'MIIEAgYJKoZIhvcNAQcCoIID8zCCB-neighbour',
  ak: 'HPUANEIGHBOURKEY0002',
  sk: 'pQRS1nDfyH4UmqAmnC3neighbourSecret000002',
  projects: [forbiddenProjectId],
  actions: ['*'],
} satisfies Account;

/** Whose token was right once. */
export const expired = {
  name: 'former',
  token: 'MIIEAgYJKoZIhvcNAQcCoIID8zCCC-former',
  tokenExpires: Date.UTC(2020),
  projects: ['*'],
  actions: ['*'],
} satisfies Account;
