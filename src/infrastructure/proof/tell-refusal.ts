import type { Clock } from '../../application/kernel/ports/clock';
import type { Logger } from '../../application/kernel/ports/logger';
import type { Operations } from '../../application/kernel/ports/operations';
import type { Refusals } from '../signed-log/witness/witness-newest';

/** The contradictions that stand, by witness, for whoever looks at the installation. */
export const refusalRegister = 'witness-refused';

const standingIn = (text: string | undefined): Readonly<Record<string, unknown>> => {
  const kept: unknown = JSON.parse(text ?? '{}');
  return typeof kept === 'object' && kept !== null ? { ...kept } : {};
};

/** Said at once in the journal, and kept until the witness agrees again. */
export const tellRefusals = ({
  registers,
  logger,
  clock,
}: {
  readonly registers: Operations['registers'];
  readonly logger: Logger;
  readonly clock: Clock;
}): Refusals => {
  let turn: Promise<unknown> = Promise.resolve();
  /** One at a time: witnesses are asked at once, and have one register. */
  const change = (changed: (standing: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>): Promise<void> => {
    const mine = turn.then(async () => {
      const standing = changed(standingIn(await registers.get(refusalRegister)));
      if (Object.keys(standing).length === 0) await registers.remove(refusalRegister);
      else await registers.put(refusalRegister, JSON.stringify(standing));
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    refused: async ({ witness, reason, size, known }) => {
      logger.error('witness.refused', { witness, reason, size, known });
      await change((standing) => ({ ...standing, [witness]: { reason, size, known, at: clock.now() } }));
    },
    agreedAgain: async (witness) => {
      logger.info('witness.agrees-again', { witness });
      await change(({ [witness]: _, ...others }) => others);
    },
  };
};
