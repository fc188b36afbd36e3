import 'reflect-metadata';
import './infrastructure/nest/answers-of-messages';

/* What a team that embeds the blue ticket in its own Nest application may use. */
export { TichetAlbastruModule } from './infrastructure/service/tichet-albastru.module';
export type { OwnPorts, TichetAlbastruMounting, TichetAlbastruOptions } from './infrastructure/nest/options';
export { openPorts } from './infrastructure/nest/open-ports';
export { Facts } from './infrastructure/nest/facts';
export { FactRecorded } from './infrastructure/nest/event-bus.module';
export { type Subscription, Subscriptions } from './infrastructure/nest/subscription';
export type { OpenedPorts, Provided } from './infrastructure/nest/provided';
export { openedToken, portsToken, portToken } from './infrastructure/nest/tokens';
export * from './application/messages';
export { mountDocument } from './infrastructure/api/openapi';
export { createAdapter, equip } from './infrastructure/api/server';
export { equipAll } from './infrastructure/service/equip-all';
export { ProblemFilter } from './infrastructure/api/problem/problem-filter';
export { serve, type RunningService } from './infrastructure/service/serve';
export { readSettings, type Settings, type SettingsRead } from './infrastructure/config/settings';
export { SettingsInvalid, type SettingFault } from './infrastructure/config/setting';
export { localTokens, type LocalTokens } from './infrastructure/outside/identity/local-tokens';
export type { CommandContext } from './application/kernel/execute';
export type { Ports } from './application/kernel/ports/ports';
export type { Principal, Role } from './application/kernel/access';
