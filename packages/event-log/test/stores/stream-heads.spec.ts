import type { AppendResult } from '@tichet-albastru/event-log/ports/event-store';
import { StreamHeads } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';

const appended = (revision: number): AppendResult => ({ kind: 'appended', revision, position: String(revision) });
/** An append that ends when the test says so. */
const open = (heads: StreamHeads) => {
  let end: (result: AppendResult) => void = () => undefined;
  const answer = new Promise<AppendResult>((resolve) => {
    end = resolve;
  });
  return { done: heads.whileAppending('ticket-1', () => answer), end };
};

describe('What a store knows of the ends of its streams', () => {
  it('knows nothing of a stream that nobody has read or written', () => {
    expect(new StreamHeads().endsBefore('ticket-1', 0)).toBe(false);
  });

  it('knows where a reading ended, and nothing of what stands before', () => {
    const heads = new StreamHeads();
    heads.endsAt('ticket-1', 4);
    expect([heads.endsBefore('ticket-1', 4), heads.endsBefore('ticket-1', 5)]).toEqual([false, true]);
  });

  it('knows nothing while an append is on its way: it may stand already', async () => {
    const heads = new StreamHeads();
    heads.endsAt('ticket-1', 4);
    const append = open(heads);
    heads.endsAt('ticket-1', 4);
    expect(heads.endsBefore('ticket-1', 5)).toBe(false);
    append.end(appended(5));
    await append.done;
    expect([heads.endsBefore('ticket-1', 5), heads.endsBefore('ticket-1', 6)]).toEqual([false, true]);
  });

  it('waits for the last of several appends', async () => {
    const heads = new StreamHeads();
    const [first, second] = [open(heads), open(heads)];
    first.end(appended(0));
    await first.done;
    expect(heads.endsBefore('ticket-1', 1)).toBe(false);
    second.end(appended(1));
    await second.done;
    expect([heads.endsBefore('ticket-1', 1), heads.endsBefore('ticket-1', 2)]).toEqual([false, true]);
  });

  it('asks again after an append that was refused or whose outcome nobody knows', async () => {
    const heads = new StreamHeads();
    heads.endsAt('ticket-1', 4);
    await heads.whileAppending('ticket-1', () => Promise.resolve({ kind: 'conflict', revision: 7 }));
    expect(heads.endsBefore('ticket-1', 5)).toBe(false);
    heads.endsAt('ticket-1', 7);
    await expect(heads.whileAppending('ticket-1', () => Promise.reject(new Error('the disk')))).rejects.toThrow('the disk');
    expect(heads.endsBefore('ticket-1', 8)).toBe(false);
    heads.endsAt('ticket-1', 8);
    expect(heads.endsBefore('ticket-1', 9)).toBe(true);
  });
});
