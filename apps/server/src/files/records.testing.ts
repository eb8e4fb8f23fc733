import type { ConnectionRecord } from '@connection-records/types';

/** A record with every field, different for every number, some of them missing now and then. */
export function recordOf(n: number): ConnectionRecord {
  const time = (ms: number) => new Date(Date.UTC(2026, 1, 3) + ms).toISOString().replace('.000', '');
  return {
    user_name: n % 4 === 0 ? `李四${n % 5000}@corp.example` : `user${n % 5000}@corp.example`,
    computer_name: `DESK-${n % 7000}`,
    terminal_ip: `192.0.2.${n % 250}`,
    terminal_type: ['Windows 10', 'Windows 11', 'macOS 15'][n % 3],
    desktop_ip: `198.51.100.${n % 250}`,
    public_ip: `203.0.113.${n % 200}`,
    connection_start_time: time(n * 1000),
    connection_end_time: n % 20 === 0 ? '' : time(n * 1000 + 2_000_000),
    e2e_rtt: n % 30 === 0 ? undefined : n % 300,
    connection_failure_reason: n % 50 === 0 ? 'The desktop did not answer in time.' : undefined,
    terminal_mac: `00-00-5e-00-53-${(n % 256).toString(16).padStart(2, '0')}`,
    terminal_name: `LAPTOP-${n % 5000}`,
    client_version: '1.8.00005',
    agent_version: '1.8.00005.10546',
    connection_setup_time: n % 50 === 0 ? undefined : time(n * 1000 + 2000),
    is_reconnect: n % 9 === 0,
    enterprise_project_id: '0',
  };
}
