import type { Decision } from '../../domain/kernel/decider';
import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { TicketFact } from '../../domain/ticket/facts';
import { attachRecording, reportRecordingMissing, waiveRecording } from '../../domain/ticket/recording';
import type { TicketState } from '../../domain/ticket/state';
import type { CommandContext } from '../kernel/execute';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import { instantOf } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type RecordRecordingInput = {
  readonly ticketId: string;
  readonly recording:
    | {
        readonly kind: 'attached';
        readonly recordingId: string;
        readonly url?: string;
        readonly startedAt?: string;
        readonly durationSeconds: number;
      }
    | { readonly kind: 'missing'; readonly reason: string }
    | { readonly kind: 'waived'; readonly reason: string; readonly offeredAlternative: boolean };
};

export class RecordRecording extends Command<RecordRecordingInput, TicketDone> {}

/** Art. 5 (A13). There is a recording, or there is none, or the citizen objected to it. */
export const recordRecording =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, recording }: RecordRecordingInput): Promise<TicketDone | Refusal> => {
    const { at } = context;
    const on = (decide: (state: TicketState) => Decision<TicketFact>) =>
      decideOnTicket(ports, context, { ticketId, step: `recording ${recording.kind}`, decide });
    switch (recording.kind) {
      case 'attached': {
        const started = recording.startedAt === undefined ? undefined : instantOf('startedAt', recording.startedAt);
        if (isRefusal(started)) return started;
        const command = attached(recording, started?.instant);
        return on((state) => attachRecording({ ...command, at }, state));
      }
      case 'missing':
        return on((state) => reportRecordingMissing({ reason: personal('contact', recording.reason), at }, state));
      case 'waived': {
        const { offeredAlternative } = recording;
        return on((state) => waiveRecording({ reason: personal('contact', recording.reason), offeredAlternative, at }, state));
      }
    }
  };

const attached = (
  { recordingId, url, durationSeconds }: Extract<RecordRecordingInput['recording'], { kind: 'attached' }>,
  startedAt: Instant | undefined,
) => ({
  recordingId,
  ...(url === undefined ? {} : { url: personal('record', url) }),
  ...defined({ startedAt }),
  durationSeconds,
});
