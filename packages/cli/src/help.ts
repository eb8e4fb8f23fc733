/** The parts of the help that Commander does not write. Lines of 80 characters at most. */

/** A task. */
export const example = '2b31ed520f00f22aebedb6e57c0ffee0';

export const programHelp = `
Examples:
  $ connection-records configure
  $ connection-records export --from 7d --out records.xlsx
  $ connection-records records list --user zhang3

Settings come from options, then from the environment, then from the profile
file (~/.huaweicloud/credentials, or HUAWEICLOUD_SDK_CREDENTIALS_FILE):
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK    access key and secret
  HUAWEICLOUD_SDK_SECURITY_TOKEN            with temporary keys
  CONNECTION_RECORDS_AUTH_TOKEN             a token of IAM in place of a key
  HUAWEICLOUD_SDK_PROJECT_ID                --project-id
  CONNECTION_RECORDS_REGION                 --region
  CONNECTION_RECORDS_BASE_URL               --base-url

Exit codes: 0 done, 1 it failed, 2 wrong usage, 3 credentials missing or not
accepted, 130 interrupted.`;

export const timesHelp = `
Times are now, today, yesterday, a time ago such as 7d, 36h or 1h30m, or a time
such as 2026-02-01, 2026-02-01T08:00 or 2026-02-01T08:00+08:00. Without an
offset they are by the time zone of this machine; a day is its first moment.
Only the last 30 days can be asked for.
`;

export const examples = {
  export: `
Examples:
  $ connection-records export --from 7d --out records.xlsx
  $ connection-records export --from 2026-02-01 --to 2026-02-08T12:00+08:00 \\
      --user zhang3 --language zh_CN --out records.xlsx
  $ connection-records export --from yesterday --format ndjson --out - | wc -l
  $ connection-records export --resume ${example}`,
  tasks: `
Example:
  $ connection-records tasks list`,
  tasksList: `
Example:
  $ connection-records tasks list --status SUCCESS --limit 5`,
  download: `
Example:
  $ connection-records tasks download ${example}`,
  delete: `
Example:
  $ connection-records tasks delete ${example}`,
  records: `
Example:
  $ connection-records records list --from 2h`,
  recordsList: `
Examples:
  $ connection-records records list --from 2h --user zhang3
  $ connection-records records list --min-rtt 200 --json`,
  configure: `
The file is the one that the vendor's SDKs read, and nobody else may read it
(mode 0600). What else is in it stays.

Example:
  $ connection-records configure`,
  doctor: `
Example:
  $ connection-records doctor --region cn-north-4`,
  completion: `
Examples:
  $ source <(connection-records completion bash)
  $ source <(connection-records completion zsh)
  $ connection-records completion fish | source`,
};
