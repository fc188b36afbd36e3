/** An append was refused because the log is not what was sealed: nothing is written until somebody has looked. */
export class LogReadOnly extends Error {
  override readonly name = 'LogReadOnly';
  constructor() {
    super('The log is read only: it is not what was sealed, and nobody has cleared the alarm.');
  }
}
