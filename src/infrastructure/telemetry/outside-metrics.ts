import { Counter, Gauge, type Registry } from 'prom-client';

/** How a call ended: the class of its status, or how the peer kept silent. */
export type HttpOutcome = '2xx' | '3xx' | '4xx' | '5xx' | 'rate-limited' | 'not-reached' | 'no-answer';
export type HttpWatch = (peer: string, operation: string, outcome: HttpOutcome) => void;

/** What came of handing a checkpoint to somebody outside. */
export type OutsideOutcome = 'confirmed' | 'refused' | 'unavailable';

/** Counts what came of it, and when each last confirmed. Names are those of the settings. */
export type OutsideWatch = {
  count(name: string, outcome: OutsideOutcome): void;
  /** @param at an instant */
  confirmed(name: string, at: string): void;
};

export const outsideMetrics = (registry: Registry): OutsideWatch => {
  const registers = [registry];
  const outcomes = new Counter({
    name: 'tichet_checkpoints_outside_total',
    help: 'Checkpoints handed to a witness, a time-stamping authority or the control department, by outcome.',
    labelNames: ['outside', 'outcome'],
    registers,
  });
  const last = new Gauge({
    name: 'tichet_checkpoint_outside_timestamp_seconds',
    help: 'When each of them last confirmed a checkpoint.',
    labelNames: ['outside'],
    registers,
  });
  return {
    count: (outside, outcome) => {
      outcomes.inc({ outside, outcome });
    },
    confirmed: (outside, at) => {
      last.set({ outside }, Math.floor(Date.parse(at) / 1000));
    },
  };
};
