/** How the command ends. */
export const exitCodes = { done: 0, failed: 1, usage: 2, authentication: 3, interrupted: 130 } as const;

/** A failure as a person is told it: what happened, and what to do next. */
export class Failure extends Error {
  override readonly name: string = 'Failure';
  readonly exitCode: number = exitCodes.failed;
  /** A word for programs. */
  readonly code: string;
  /** What to do next. */
  readonly advice: string | undefined;
  /** The task that it is about. */
  taskId: string | undefined;
  /** The command that goes on from there. */
  resume: string | undefined;

  constructor(code: string, message: string, advice?: string, exitCode: number = exitCodes.failed) {
    super(message);
    this.code = code;
    this.advice = advice;
    this.exitCode = exitCode;
  }
}

/** A command that cannot be right as it was given. */
export class UsageError extends Failure {
  override readonly name = 'UsageError';

  constructor(message: string, advice?: string) {
    super('USAGE', message, advice, exitCodes.usage);
  }
}

/** The reason with which everything is aborted when the command is interrupted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** The end of a command that has said already how it went. */
export class Ended extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('The command has ended.');
    this.exitCode = exitCode;
  }
}
