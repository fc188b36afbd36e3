import type { Sentence } from '../../../phrasing/sentences';

/** What is wrong with one line of a file. `line` counts from 1, the header included; a record of several lines is named by its last. */
export type LineFault = {
  readonly line: number;
  readonly field?: string;
  readonly message: Sentence;
};
/** Good lines went in, however many others did not. */
export type ImportReport = {
  readonly lines: number;
  readonly imported: number;
  readonly faults: readonly LineFault[];
  /** more faults than are listed */
  readonly faultsLeftOut: number;
  /** of the last fact that was written; empty when none was */
  readonly position: string;
};

/** A file of the wrong kind has as many faults as lines: the first thousand tell it. */
export const mostFaultsListed = 1000;
