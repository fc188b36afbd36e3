import type { KeptAnswer } from '../../../application/kernel/ports/operations';
import { openBytes, sealBytes } from '../../log/keys/sealing';
import { answerOf, answerText } from '../../log/codec/kept-rows.codec';

export type AnswerSeal = {
  readonly seal: (row: string, answer: KeptAnswer) => string;
  /** @throws KeyUnusable when it was sealed with another key, or for another row */
  readonly open: (row: string, sealed: string) => KeptAnswer;
};

/**
 * An answer names a civil servant, may hold the link of a meeting and opens a ticket (its manage token): it is kept sealed, and
 * bound to its own row.
 */
export const answerSeal = (answerKey: Buffer | undefined): AnswerSeal => {
  const key = (): Buffer => {
    if (answerKey === undefined) throw new Error('Kept answers were opened without their key.');
    return answerKey;
  };
  return {
    seal: (row, answer) => sealBytes(key(), Buffer.from(answerText(answer)), row).toString('base64'),
    open: (row, sealed) => answerOf(openBytes(key(), Buffer.from(sealed, 'base64'), row).toString()),
  };
};
