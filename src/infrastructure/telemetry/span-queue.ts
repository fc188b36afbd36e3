import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';

const mostWaiting = 2_048;
const mostTogether = 512;
const pauseMilliseconds = 2_000;
/** How long the end of the process waits for the last of them. */
const lastWordMilliseconds = 1_500;

export type SpanCount = (outcome: 'exported' | 'dropped', spans: number) => void;

/**
 * Hands spans to the collector, some at a time, one handing over after the other. Whoever ends a span never waits: what finds no place, or
 * what the collector does not take, is dropped and counted.
 */
export class SpanQueue implements SpanProcessor {
  #waiting: ReadableSpan[] = [];
  #underWay: Promise<void> | undefined;
  /** given to the collector, which has not answered yet */
  #inHand = 0;
  #over = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly count: SpanCount,
  ) {}

  onStart(): void {
    // nothing is to be done before it ends
  }

  onEnd(span: ReadableSpan): void {
    if (this.#over || this.#waiting.length >= mostWaiting) {
      this.count('dropped', 1);
      return;
    }
    this.#waiting.push(span);
    if (this.#waiting.length >= mostTogether) void this.#handOver();
    else this.#timer ??= setTimeout(() => void this.#handOver(), pauseMilliseconds).unref();
  }

  async forceFlush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#underWay !== undefined) await this.#handOver();
  }

  async shutdown(): Promise<void> {
    const enough = new Promise<void>((resolve) => setTimeout(resolve, lastWordMilliseconds).unref());
    await Promise.race([this.forceFlush(), enough]);
    clearTimeout(this.#timer);
    this.#over = true;
    const lost = this.#waiting.splice(0).length + this.#inHand;
    if (lost > 0) this.count('dropped', lost);
  }

  #handOver(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#underWay ??= this.#export(this.#waiting.splice(0, mostTogether)).finally(() => {
      this.#underWay = undefined;
      // a collector that is down is asked again after a pause, not at once
      if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => void this.#handOver(), pauseMilliseconds).unref();
    });
    return this.#underWay;
  }

  async #export(spans: ReadableSpan[]): Promise<void> {
    if (spans.length === 0) return;
    this.#inHand = spans.length;
    const taken = await new Promise<boolean>((resolve) => {
      try {
        this.exporter.export(spans, ({ code }) => {
          // the names of the codes are of a package of the SDK's own; 0 is that of success
          const taken: number = code;
          resolve(taken === 0);
        });
      } catch {
        resolve(false);
      }
    });
    this.#inHand = 0;
    // whoever waited no longer has counted them
    if (!this.#over) this.count(taken ? 'exported' : 'dropped', spans.length);
  }
}
