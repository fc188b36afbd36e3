import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Operations } from '../../application/kernel/ports/operations';
import { isJsonObject, parsedJson, type JsonObject } from '@tichet-albastru/kernel/json.codec';
import { oneAtATime } from '@tichet-albastru/kernel/turns';
import type { Refusals } from '@tichet-albastru/signed-log';

/** The contradictions that stand, by witness, for the operator. */
export const refusalKey = 'witness-refused';

const standingIn = (text: string | undefined): JsonObject => {
  const kept = parsedJson(text);
  return isJsonObject(kept) ? kept : {};
};

/** Said at once in the journal, and kept until the witness agrees again. */
export const tellRefusals = ({
  keyValues,
  logger,
  clock,
}: {
  readonly keyValues: Operations['keyValues'];
  readonly logger: Logger;
  readonly clock: Clock;
}): Refusals => {
  const inTurn = oneAtATime();
  /** Witnesses are asked at once, and have one register. */
  const change = (changed: (standing: JsonObject) => JsonObject): Promise<void> =>
    inTurn(async () => {
      const standing = changed(standingIn(await keyValues.get(refusalKey)));
      if (Object.keys(standing).length === 0) await keyValues.remove(refusalKey);
      else await keyValues.put(refusalKey, JSON.stringify(standing));
    });
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
