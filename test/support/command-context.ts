import type { CommandContext } from '../../src/application/kernel/execute';

type Actor = CommandContext['actor'];

/** Of a command that somebody gives at this moment, and that nothing else has caused; who may give it is not what is tested. */
export const contextAt = (at: string, commandId = 'c1', actor: Actor = { kind: 'staff', id: 'admin' }): CommandContext => ({
  commandId,
  correlationId: commandId,
  causationId: commandId,
  asker: { kind: 'host' },
  actor,
  at,
});
