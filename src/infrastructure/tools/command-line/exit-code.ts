/** What a script learns from how a command ended. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, notFound: 3, invalidInput: 5, findings: 6 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command ends here, with a sentence for the person at the terminal. */
export class CommandEnds extends Error {
  override readonly name = 'CommandEnds';
  constructor(
    readonly exitCode: ExitCode,
    readonly words: { readonly ro: string; readonly en: string },
  ) {
    super(words.en);
  }
}
