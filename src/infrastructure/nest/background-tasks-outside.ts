import { type BackgroundTask } from './background-tasks';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Ports } from '../../application/kernel/ports/ports';
import type { OutsideSettings } from '../config/settings';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import type { HttpWatch } from '../outside/http-client/http-client';
import { clearedKey, wasCleared, type LogAlarm } from '../proof/alarm/log-alarm';
import {
  type CheckpointStore,
  createFolderWitness,
  createKeepCosigned,
  type NoteSigner,
  outsideStatusOf,
  type Refusals,
  type SignedLogFault,
  stampNewest,
  statusKey,
  timeStampName,
  type Witness,
  witnessNewest,
} from '@tichet-albastru/signed-log';
import { outsideLoop, outsidePauses, type OutsidePauses, type Turn } from '../proof/outside-loop';
import { publicationName } from '../proof/publication/publication-name';
import { publishNewest } from '../proof/publication/publish-newest';
import { openTimeStampAuthority, openHttpWitness } from '../proof/outside-over-http';
import { tellRefusals } from '../proof/tell-refusal';
import type { OutsideWatch } from '../telemetry/metrics';

type Opening = {
  readonly ports: Pick<Ports, 'operations' | 'mailer' | 'clock' | 'identifiers' | 'logger'>;
  readonly sealing: { readonly checkpoints: CheckpointStore; readonly key: NoteSigner; readonly alarm: Pick<LogAlarm, 'raise'> };
  readonly dataDirectory: string;
  readonly watch: OutsideWatch;
  readonly watchHttp: HttpWatch;
  /** what is to be closed in the end, last first */
  readonly closing: (() => void | Promise<void>)[];
  /** Who is told of a witness that contradicts the log; left out, the logger is, and a register. */
  readonly refusals?: Refusals;
  readonly pauses?: OutsidePauses;
};

const witnessesOf = ({ witnessFolder: folder, witnesses }: OutsideSettings, { ports, sealing, watchHttp, closing }: Opening) => {
  const asked: Witness[] = folder === undefined ? [] : [createFolderWitness({ folder, log: sealing.key, clock: ports.clock })];
  for (const at of witnesses) {
    const witness = openHttpWitness(at, { watch: watchHttp });
    closing.push(() => witness.close());
    asked.push(witness);
  }
  return asked;
};

/**
 * A loop for each who keeps checkpoints elsewhere: one that is slow, or away, holds up neither another one nor the sealing nor a booking.
 * One process of all runs them.
 */
export const backgroundTasksOutside = (settings: OutsideSettings | undefined, opening: Opening): readonly BackgroundTask[] => {
  if (settings === undefined) return [];
  const { ports, sealing, dataDirectory, watch, watchHttp, closing, pauses = outsidePauses } = opening;
  const { operations, clock, logger } = ports;
  const { keyValues } = operations;
  const { checkpoints, key: log, alarm } = sealing;
  const refusals = opening.refusals ?? tellRefusals({ keyValues, logger, clock });
  const keep = createKeepCosigned(checkpoints, log);
  const contradicted = async (fault: SignedLogFault): Promise<void> => {
    if (!wasCleared(await keyValues.get(clearedKey), fault)) await alarm.raise(fault);
  };

  const beside = (name: string, turn: (signal: AbortSignal, first: boolean) => Promise<Turn>): BackgroundTask => ({
    name: `outside-${name}`,
    work: async (signal) => {
      const told = outsideStatusOf(await keyValues.get(statusKey(name)));
      if (told?.at !== undefined) watch.confirmed(name, told.at);
      const counted = async (over: AbortSignal, first: boolean): Promise<Turn> => {
        const outcome = await turn(over, first);
        if (outcome === 'confirmed') watch.confirmed(name, clock.now());
        return outcome;
      };
      const count = (outcome: Exclude<Turn, 'nothing-due'>): void => {
        watch.count(name, outcome);
      };
      await outsideLoop(name, counted, { logger, count, pauses })(signal);
    },
  });

  const loops = witnessesOf(settings, opening).map((witness) =>
    beside(witness.name, async (signal, again): Promise<Turn> => {
      const outcome = await witnessNewest({ checkpoints, log, keyValues, keep, clock, refusals, contradicted }, witness, { again, signal });
      return outcome === 'cosigned' ? 'confirmed' : outcome === 'refused' ? 'refused' : 'nothing-due';
    }),
  );
  const { timeStamp, mailTo: to } = settings;
  if (timeStamp !== undefined) {
    const authority = openTimeStampAuthority(timeStamp.url, { watch: watchHttp });
    closing.push(() => authority.close());
    const folder = join(pathIn(dataDirectory, dataFiles.seal), 'timestamps');
    const stamping = { checkpoints, log, keyValues, authority, ...timeStamp, folder, clock, chance: randomBytes };
    loops.push(
      beside(timeStampName, async (signal) => ((await stampNewest(stamping, signal)) === 'stamped' ? 'confirmed' : 'nothing-due')),
    );
  }
  if (to !== undefined)
    loops.push(
      beside(publicationName, async () => {
        const outcome = await publishNewest({ ...ports, checkpoints, log, to });
        return outcome === 'sent' ? 'confirmed' : outcome === 'failed' ? 'unavailable' : 'nothing-due';
      }),
    );
  return loops;
};
