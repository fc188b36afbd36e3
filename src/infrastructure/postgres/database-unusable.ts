/** This database must not be used as it is: newer than the program, or not durable. Waiting does not help. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}
