import { accept } from '../../domain/kernel/decider';
import type { ActorKind } from '../../domain/kernel/fact';
import { personal, type WithTexts } from '../../domain/kernel/personal-text';
import type { PersonalDataRead } from '../../domain/reading/reading';
import { civilDateOf } from '../../domain/time/civil-time';
import { isRefusal } from '../../domain/kernel/refusal';
import { commandOf } from '../kernel/execute';
import { unlessContended } from '@tichet-albastru/event-log/execute/execute';
import type { ExecutePorts } from '../kernel/aggregates';
import { readings } from '../kernel/streams';

/** That one answer showed personal data, before it stands in the log. */
export type Reading = WithTexts<PersonalDataRead['data'], string> & {
  /** the same reading twice is one fact */
  readonly readingId: string;
  /** names the stream */
  readonly pseudonym: string;
};

/** Of readers who are no members of staff: an operator at the machine of the service is not a user of it. */
const actorKinds: Readonly<Record<string, ActorKind>> = { auditor: 'auditor', 'command-line': 'system' };

/** Durable once it answers. @throws what keeps it from being written */
export const recordReading =
  (ports: ExecutePorts) =>
  async ({ readingId, pseudonym, person, ...read }: Reading): Promise<void> => {
    const context = {
      ...commandOf({ kind: 'process', name: 'readings' }, readingId, read.readAt),
      actor: { kind: actorKinds[read.role] ?? 'staff', id: pseudonym },
    };
    const decide = () => accept<PersonalDataRead>({ type: 'PersonalDataRead', data: { person: personal('reader', person), ...read } });
    const outcome = unlessContended(await readings.of(ports, pseudonym, civilDateOf(read.readAt)).transact(context, 'read', decide));
    if (isRefusal(outcome)) throw new Error(`A reading was refused: ${outcome.code}.`);
  };
