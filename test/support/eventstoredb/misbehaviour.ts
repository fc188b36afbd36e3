/** One way to treat one call badly. */
export type Mischief =
  /** cuts every connection, before anything is done; `and` happens meanwhile */
  | { readonly kind: 'drop'; readonly and?: () => void }
  /** does what was asked, then cuts every connection instead of answering */
  | { readonly kind: 'drop-after'; readonly and?: () => void }
  /** does nothing, and never says so */
  | { readonly kind: 'silent' }
  /** does what was asked, and never says so */
  | { readonly kind: 'lose-answer' }
  /** does what was asked, and says so after a while */
  | { readonly kind: 'late'; readonly milliseconds: number }
  /** does nothing for a while, then what was asked, when nobody waits any more */
  | { readonly kind: 'write-late'; readonly milliseconds: number }
  /** answers one append of a shared call twice */
  | { readonly kind: 'answer-twice' }
  | { readonly kind: 'refuse'; readonly as: 'not-leader' | 'access-denied' | 'not-ready' };

export type Call = 'append' | 'read' | 'subscribe' | 'features';

/** Filtered checkpoints as real servers have sent them, and as none should. */
export type CheckpointFault = 'ahead' | 'backwards' | 'largest';

/** What an emulator is told to do wrong. Everything well by default, with the slow-consumer abort of 21.10 to 23.10. */
export class Misbehaviour {
  private readonly planned = new Map<Call, Mischief[]>();
  private readonly standing = new Map<Call, Mischief>();
  checkpoints: CheckpointFault | undefined;
  /** subscriptions that hear of nothing more, with their connection whole */
  muted = false;
  /** how many events may wait for a subscriber while live before the server aborts it; servers from 24.2 never do */
  liveBuffer = 32;
  /** says that a subscriber has caught up only this long after it has, in milliseconds; never when undefined */
  caughtUpAfter: number | undefined = 0;
  /** how far the server's clock is ahead of the client's, in milliseconds */
  clockAhead = 0;
  /** an append that was made before answers without its position, as the protocol allows */
  forgetsPositions = false;
  /** readings of the whole log with a filter are refused, as by a server that knows no filter there */
  refusesFilters = false;

  /** For the next calls of this kind, one each. */
  next(call: Call, ...mischief: readonly Mischief[]): void {
    this.planned.set(call, [...(this.planned.get(call) ?? []), ...mischief]);
  }

  /** For every call of this kind, until told otherwise. */
  always(call: Call, mischief: Mischief | undefined): void {
    if (mischief) this.standing.set(call, mischief);
    else this.standing.delete(call);
  }

  take(call: Call): Mischief | undefined {
    return this.planned.get(call)?.shift() ?? this.standing.get(call);
  }
}
