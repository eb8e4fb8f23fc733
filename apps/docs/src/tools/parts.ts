const line = /^\/\/ #(?:region (\w+)|endregion)\n?/gm;

/** A sample without the comments that mark its parts. */
export const whole = (code: string) => code.replace(line, '').trimEnd();

/** The part of a sample between `// #region NAME` and the next `// #endregion`. @throws if there is none */
export function partOf(code: string, name: string): string {
  const [, found] = new RegExp(`^// #region ${name}\\n([\\s\\S]*?)^// #endregion`, 'm').exec(code) ?? [];
  if (found === undefined) throw new Error(`No part of the sample is called ${name}.`);
  return found.trimEnd();
}
