/** Webex has answered something that is no answer to the question. What it was stays out of the message: it may be personal. */
export class AnswerUnreadable extends Error {
  override readonly name = 'AnswerUnreadable';
  constructor(readonly operation: string) {
    super(`Webex gave no answer to ${operation} that could be read.`);
  }
}
