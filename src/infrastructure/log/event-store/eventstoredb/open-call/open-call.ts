import { convertToCommandError } from '@eventstore/db-client';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { Stands } from '../append-way';
import type { Connection } from '../connection';
import { Answered, ClientGivenUp, mayBePoisoned, Silence } from '../outage';
import type { StubClient } from '../stub-client';
import { correlationIn, standsOrFails } from './append-answer';

type Waiting = { readonly stands: (stands: Stands) => void; readonly fails: (error: Error) => void };

/** Encoded beforehand: what the call itself fails to encode would end it, and the appends of all with it. */
const asItIs = (message: Buffer): Buffer => message;

/**
 * One BatchAppend call, from its opening to its end, which never comes back. What waits for an answer waits in here and not in the module:
 * an end, in whatever way it comes, settles the appends of this call and nobody else's.
 */
export class OpenCall {
  private readonly client: StubClient;
  private readonly waiting = new Map<string, Waiting>();
  private readonly opened: Promise<void>;
  private readonly forgetClient: () => void;
  private write: ((message: Buffer) => void) | undefined;
  private cancel: (() => void) | undefined;
  private answers = 0;
  private ended: Promise<void> | undefined;

  /** @param before the next call is opened when the last one has left its channel @throws ClientGivenUp when the store is closed */
  constructor(
    private readonly connection: Connection,
    before: Promise<void> | undefined,
  ) {
    this.client = connection.current();
    this.forgetClient = connection.whenGivenUp((error) => {
      this.end(error);
    });
    this.opened = this.open(before);
  }

  /** When nothing can be sent over it any more; kept when it has left its channel. */
  get over(): Promise<void> | undefined {
    return this.ended;
  }

  /**
   * What became of the append; nobody knows when it fails with anything but an answer, not even where the server says that it is not
   * the leader: this ends the call for all, and another append may have been the one that it was said of.
   * @throws Answered, Silence within the milliseconds, and what ended the call
   */
  send(correlation: string, message: Buffer, milliseconds: number): Promise<Stands> {
    const answersBefore = this.answers;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        const silence = new Silence(`No answer within ${milliseconds} ms.`);
        this.waiting.get(correlation)?.fails(silence);
        // where others were answered meanwhile the call is alive, and this one answer is lost
        if (this.answers === answersBefore) this.end(silence);
      }, milliseconds);
      const settled = (): void => {
        clearTimeout(timer);
        this.waiting.delete(correlation);
      };
      this.waiting.set(correlation, {
        stands: (stands) => {
          settled();
          resolve(stands);
        },
        fails: (error) => {
          settled();
          reject(error);
        },
      });
      if (this.write) this.write(message);
      else void this.opened.then(() => this.write?.(message));
    });
  }

  private async open(before: Promise<void> | undefined): Promise<void> {
    try {
      await before;
      const stubs = await this.client.streams();
      if (this.ended) return;
      const { path, responseDeserialize } = StreamsService.batchAppend;
      const call = stubs.makeBidiStreamRequest(path, asItIs, responseDeserialize, ...this.client.callOf(this.connection.asUser));
      call.on('data', (answer: BatchAppendResp) => {
        this.take(answer);
      });
      call.on('error', (error: Error) => {
        this.end(convertToCommandError(error), () => this.client.lost(stubs, error));
      });
      // without a status that says why: then no answer comes any more, and the client itself would wait for ever
      call.on('end', () => {
        this.end(new ClientGivenUp('The server ended the call.'));
      });
      this.write = (message) => {
        call.write(message);
      };
      this.cancel = () => {
        call.cancel();
      };
    } catch (error) {
      this.end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private take(answer: BatchAppendResp): void {
    this.answers += 1;
    // one that came too late is not waited for any more: the log was asked
    const waiting = this.waiting.get(correlationIn(answer));
    if (!waiting) return;
    const stands = standsOrFails(answer);
    if (stands instanceof Answered) waiting.fails(stands);
    else waiting.stands(stands);
  }

  private end(error: Error, leave?: () => Promise<void>): void {
    if (this.ended) return;
    this.forgetClient();
    this.ended = this.settleAll(error, leave);
  }

  private async settleAll(error: Error, leave?: () => Promise<void>): Promise<void> {
    this.cancel?.();
    await leave?.().catch(() => undefined);
    if (mayBePoisoned(error)) this.connection.giveUp(this.client);
    for (const { fails } of [...this.waiting.values()]) fails(error);
  }
}
