/**
 * How the database came to be what it is: each entry takes it one version further, and `PRAGMA user_version` counts them. An entry
 * that was once released is never changed; what comes later is a new one at the end.
 *
 * The records of a project lie in the order in which they are read, so that an export reads the file from front to back. Two columns
 * hold what a filter compares with (`terminal_type` in lower case, the domain of `user_name`), because SQLite itself knows the
 * lower case of ASCII only.
 */
export const migrations = [
  `
  CREATE TABLE records (
    project_id TEXT NOT NULL,
    started INTEGER NOT NULL,
    key TEXT NOT NULL,
    terminal_type_lower TEXT,
    domain TEXT,
    tenantId TEXT,
    sid TEXT,
    transaction_id TEXT,
    computer_name TEXT,
    user_name TEXT,
    terminal_mac TEXT,
    terminal_name TEXT,
    terminal_ip TEXT,
    client_version TEXT,
    terminal_type TEXT,
    agent_version TEXT,
    desktop_ip TEXT,
    connection_start_time TEXT,
    connection_setup_time TEXT,
    connection_end_time TEXT,
    is_reconnect INTEGER,
    connection_failure_reason TEXT,
    network_rtt INTEGER,
    e2e_rtt INTEGER,
    source_ip TEXT,
    public_ip TEXT,
    enterprise_project_id TEXT,
    PRIMARY KEY (project_id, started, key)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX records_by_key ON records (project_id, key);

  CREATE TABLE tasks (
    added INTEGER PRIMARY KEY,
    project_id TEXT NOT NULL,
    task_id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    status TEXT NOT NULL,
    fail_reason TEXT,
    error_code TEXT,
    create_time INTEGER NOT NULL,
    end_time INTEGER,
    is_download INTEGER NOT NULL,
    filter TEXT NOT NULL,
    language TEXT NOT NULL,
    format TEXT NOT NULL,
    size INTEGER,
    sha256 TEXT
  ) STRICT;
  CREATE INDEX tasks_by_project ON tasks (project_id, create_time);
  -- A task is known by its id alone, and those in a status are looked for in all projects.
  CREATE UNIQUE INDEX tasks_by_id ON tasks (task_id);
  CREATE INDEX tasks_by_status ON tasks (status, create_time);
  `,
  `
  ALTER TABLE tasks ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE tasks ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE tasks ADD COLUMN holder TEXT;
  ALTER TABLE tasks ADD COLUMN held_until INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX tasks_in_turn ON tasks (turn, added) WHERE status = 'CREATING';
  CREATE INDEX tasks_held ON tasks (holder, held_until) WHERE status = 'CREATING';
  CREATE INDEX tasks_of_project_in_turn ON tasks (project_id, turn) WHERE status = 'CREATING';
  CREATE INDEX tasks_to_expire ON tasks (end_time) WHERE status = 'SUCCESS';
  `,
];
