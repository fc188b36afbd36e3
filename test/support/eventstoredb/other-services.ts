import { EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { State } from './serving-node';

const method = (name: string, features: readonly string[] = []): SupportedMethod =>
  new SupportedMethod()
    .setServiceName('event_store.client.streams.streams')
    .setMethodName(name)
    .setFeaturesList([...features]);

export const supportedMethods = (): SupportedMethods =>
  new SupportedMethods()
    .setEventStoreServerVersion('23.10.8')
    .setMethodsList([
      method('read', ['position', 'events']),
      method('append'),
      method('batchappend', ['deadline_duration']),
      method('delete'),
      method('tombstone'),
    ]);

const states = {
  leader: MemberInfo.VNodeState.LEADER,
  follower: MemberInfo.VNodeState.FOLLOWER,
  unknown: MemberInfo.VNodeState.UNKNOWN,
} as const;

/** A node as gossip tells of it. */
export type Member = { readonly port: number; readonly host: string; readonly state: State; readonly isAlive: boolean };

export const memberInfo = ({ port, host, state, isAlive }: Member): MemberInfo =>
  new MemberInfo()
    .setState(states[state])
    .setIsAlive(isAlive)
    .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
    .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));
