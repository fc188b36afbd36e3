import type { Instant } from '../../domain/kernel/instant';

/** What is examined, and what of the world the doctor needs for it. */
export type Patient = {
  readonly folder: string;
  readonly masterKeyFile: string;
  readonly now: Instant;
  /** free and whole bytes of the disk of the folder */
  readonly disk: () => { readonly free: number; readonly total: number };
  /** whether a service answers on the local socket */
  readonly serviceAnswers: () => Promise<boolean>;
  /** how long tables may take to reach the end of the log while a service runs, in milliseconds */
  readonly patienceMilliseconds: number;
};
