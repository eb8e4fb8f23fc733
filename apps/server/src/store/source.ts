/** Whether a source of records is a database that servers share; otherwise it is a folder. */
export const isShared = (source: string): boolean => /^postgres(ql)?:/.test(source);
