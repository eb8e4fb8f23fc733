import type { OperationId } from '@connection-records/types';

/**
 * The action that a caller needs for each operation, if any. The seed's page asks for none with identity policies.
 *
 * @see https://support.huaweicloud.com/api-workspace/workspace_09_0128.html
 */
export const actions = {
  exportConnectionRecords: undefined,
  listExportTasks: 'workspace:tenants:listExportTasks',
  downloadExportFile: 'workspace:tenants:exportData',
  deleteExportTasks: 'workspace:tenants:deleteExportTasks',
  listConnectionRecords: 'workspace:connections:securityList',
} as const satisfies Record<OperationId, string | undefined>;

/** An action that a caller may be allowed. */
export type Action = NonNullable<(typeof actions)[OperationId]>;

/** Every action there is. */
export const allActions: readonly Action[] = Object.values(actions).filter((action) => action !== undefined);

/** Who sent a request, and what they may do. Holds no secret. */
export interface Caller {
  name: string;
  /** Ids of projects, or `*` for all. */
  projects: readonly string[];
  /** Names of actions, or `*` for all. */
  actions: readonly string[];
  /** Which of the caller's credentials was used: what requests are counted by. */
  credentialId: string;
}

/** Why a request is refused: the status and the name of the example in the contract, with better words where there are any. */
export interface AuthRefusal {
  status: 401 | 403;
  example:
    | 'credentialsMissing'
    | 'tokenExpired'
    | 'signatureMismatch'
    | 'signatureExpired'
    | 'accessKeyUnknown'
    | 'accessKeyLocked'
    | 'callerForbidden'
    | 'permissionMissing';
  message?: string;
}

/**
 * Why a caller may not do something in a project, or nothing if they may.
 *
 * @param projectId The project of the path.
 * @param action What {@link actions} says of the operation.
 * @param sentProject The header `X-Project-Id`, if it was sent. It names the project that the credentials were made for, which the
 * SDKs also put into the path. Where the two differ, the caller means another project than the one that would be read or changed.
 */
export function authorize(
  { projects, actions }: Caller,
  projectId: string,
  action: Action | undefined,
  sentProject?: string,
): AuthRefusal | undefined {
  const allows = (list: readonly string[], one: string) => list.includes('*') || list.includes(one);
  if (!allows(projects, projectId))
    return forbid('callerForbidden', `These credentials may not use the project ${projectId}.`);
  if (sentProject !== undefined && sentProject !== projectId)
    return forbid(
      'callerForbidden',
      `X-Project-Id is ${sentProject}, but the path is that of the project ${projectId}. Call the project that you mean.`,
    );
  if (action && !allows(actions, action))
    return forbid('permissionMissing', `The action ${action} is not allowed. Ask an administrator for it.`);
  return undefined;
}

const forbid = (example: AuthRefusal['example'], message: string): AuthRefusal => ({
  status: 403,
  example,
  message,
});
