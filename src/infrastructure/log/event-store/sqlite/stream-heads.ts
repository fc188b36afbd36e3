import type { AppendResult } from '../../../../application/kernel/ports/event-store';

/** More are not remembered: all are forgotten, and asked for again. */
const mostStreams = 10_000;

/**
 * The newest revisions of streams, for the store that alone writes them: whoever has read a stream to its end need not ask the
 * disk whether there is more. Nothing is known of a stream while an append to it is on its way.
 */
export class StreamHeads {
  private readonly newest = new Map<string, number>();
  private readonly underWay = new Map<string, number>();

  /** Whether the stream certainly holds nothing from this revision on. */
  endsBefore(stream: string, from: number): boolean {
    const head = this.newest.get(stream);
    return head !== undefined && head < from;
  }

  /** A reading came to the end of the stream. */
  endsAt(stream: string, revision: number): void {
    if (revision < 0 || this.underWay.has(stream)) return;
    if (this.newest.size >= mostStreams) this.newest.clear();
    this.newest.set(stream, revision);
  }

  async whileAppending(stream: string, append: () => Promise<AppendResult>): Promise<AppendResult> {
    this.newest.delete(stream);
    this.underWay.set(stream, (this.underWay.get(stream) ?? 0) + 1);
    const result = await append().finally(() => {
      const others = (this.underWay.get(stream) ?? 1) - 1;
      if (others > 0) this.underWay.set(stream, others);
      else this.underWay.delete(stream);
    });
    if (result.kind === 'appended') this.endsAt(stream, result.revision);
    return result;
  }
}
