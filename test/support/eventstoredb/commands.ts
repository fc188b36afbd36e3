import { pourAsOthers } from './bystanders';
import type { Emulator } from './emulator';
import type { LogCopy } from './log';
import type { Mischief } from './misbehaviour';
import type { AccessList, Metadata } from './stream-metadata';

/** What an emulator in a process of its own is told to do, by name. */
export const commandsOn = (emulator: Emulator) => {
  const copies = new Map<string, LogCopy>();
  return {
    /** ends the server; connections are refused */
    kill: () => {
      emulator.kill();
    },
    open: () => emulator.open(),
    restart: () => emulator.restart(),
    freeze: () => {
      emulator.freeze();
    },
    thaw: () => {
      emulator.thaw();
    },
    cut: () => {
      emulator.wire.cut();
    },
    loseQuorum: () => {
      emulator.loseQuorum();
    },
    regainQuorum: () => {
      emulator.regainQuorum();
    },
    setUser: (name: string, password: string, groups: readonly string[] = []) => {
      emulator.access.setUser(name, password, groups);
    },
    /** rights on the streams whose metadata say nothing */
    setUserStreams: (rights: AccessList) => {
      emulator.access.userStreams = rights;
    },
    setMetadata: (stream: string, metadata: Metadata) => {
      emulator.log.setMetadata(stream, metadata);
    },
    takeBack: (stream: string) => {
      emulator.log.takeBack(stream);
    },
    softDelete: (stream: string) => {
      emulator.log.softDelete(stream);
    },
    tombstone: (stream: string) => {
      emulator.log.tombstone(stream);
    },
    scavenge: () => {
      emulator.log.scavenge();
    },
    /** a copy that stays in this process, under a name */
    keepCopy: (name: string) => {
      copies.set(name, emulator.copyOfLog());
    },
    /** puts a copy back, or an empty log */
    putBack: (name?: string) => emulator.putBack(name === undefined ? undefined : copies.get(name)),
    pourAsOthers: (count: number) => {
      pourAsOthers(emulator.log, count);
    },
    next: (call: 'append' | 'read' | 'subscribe' | 'features', mischief: Mischief) => {
      emulator.misbehaviour.next(call, mischief);
    },
    refuseFilters: (refused: boolean) => {
      emulator.misbehaviour.refusesFilters = refused;
    },
    /** names of the streams that stand, and how many events each has */
    streams: (): Readonly<Record<string, number>> => {
      const counted: Record<string, number> = {};
      for (const { stream } of emulator.log.events) counted[stream] = (counted[stream] ?? 0) + 1;
      return counted;
    },
    /** how many events of each stream were sent, calls of each kind begun, and connections that are open */
    figures: () => ({
      sent: Object.fromEntries(emulator.sent),
      calls: Object.fromEntries(emulator.calls),
      events: emulator.log.events.length,
      connections: emulator.wire.connections,
    }),
  };
};

export type Commands = ReturnType<typeof commandsOn>;
