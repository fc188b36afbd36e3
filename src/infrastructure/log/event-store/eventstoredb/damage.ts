import { damageIn, type Looking, type Recorded, type StreamDamage } from '@tichet-albastru/event-log/ports/event-store';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Reader, ShownByWholeLog } from './reader';
import type { StreamNotice } from './stored-event';
import type { Writer } from './writer';

/**
 * What is known of a stream that somebody may have damaged: the revision of an event that is no envelope, where one was seen, and whether
 * an append or a reading was denied.
 */
type Doubt = { readonly foreign?: number; readonly denied?: boolean };

type Asked = { readonly reader: Reader; readonly writer: Pick<Writer, 'takesAppends'> };

/**
 * The streams of ours to which somebody did something on the server. The log tells of it: by an event in the stream that holds the
 * metadata, by one in the stream itself, and by what a reading of the stream comes upon. Whether a stream is whole is asked of the stream.
 */
export class Damage {
  private readonly doubts = new Map<string, Doubt>();
  /** whether everything that the log tells was heard */
  private heard = false;
  /** of damaged streams that are read all the same */
  private readonly shown = new Map<string, ShownByWholeLog>();

  readonly notice = (notice: StreamNotice): void => {
    const { stream } = notice;
    this.doubts.set(stream, notice.kind === 'no-envelope' ? { foreign: notice.revision } : { ...this.doubts.get(stream) });
  };

  /** The same reading, whose failure is noticed where that is why. */
  async noticed<T>(reading: Promise<T>): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      const damage = damageIn(error);
      if (damage) this.suspect(damage);
      throw error;
    }
  }

  private suspect({ stream, revision, how }: StreamDamage): void {
    if (how === 'foreign-event') this.doubts.set(stream, { foreign: revision });
    else if (how === 'denied') this.doubts.set(stream, { ...this.doubts.get(stream), denied: true });
    else if (!this.doubts.has(stream)) this.doubts.set(stream, {});
  }

  /** The server may stand on another copy of its log. */
  forget(): void {
    this.heard = false;
    this.shown.clear();
  }

  async readFromWholeLog(reader: Reader, stream: string): Promise<readonly Recorded[]> {
    const shown = await reader.readFromWholeLog(stream, this.shown.get(stream));
    this.shown.set(stream, shown);
    return shown.events;
  }

  async inAll(asked: Asked, { anew = false, suspected = [] }: Looking): Promise<readonly StreamDamage[]> {
    for (const damage of suspected) this.suspect(damage);
    if (anew || !this.heard) {
      for await (const notice of asked.reader.notices()) this.notice(notice);
      this.heard = true;
    }
    const found: StreamDamage[] = [];
    for (const [stream, doubt] of [...this.doubts].sort(([one], [other]) => (one < other ? -1 : 1))) {
      const damage = await damageOf(asked, stream, doubt);
      if (damage !== undefined) found.push(damage);
      // what was told meanwhile is looked at the next time
      else if (this.doubts.get(stream) === doubt) this.doubts.delete(stream);
    }
    return found;
  }
}

const damageOf = async ({ reader, writer }: Asked, stream: string, { foreign, denied }: Doubt): Promise<StreamDamage | undefined> => {
  try {
    await reader.ofStream(stream, 0, 1);
    if (foreign !== undefined) await reader.ofStream(stream, foreign, 1);
    if (denied === true) await writer.takesAppends(stream);
    return undefined;
  } catch (error) {
    const damage = damageIn(error);
    if (!damage) throw error;
    // of the others nothing can be taken back
    if (damage.how === 'tombstoned' || damage.how === 'foreign-event') return damage;
    return { ...damage, ...defined({ since: await reader.toldOf(stream) }) };
  }
};
