import { portToken } from '../../src';
import type { OpenedPorts, Provided } from '../../src/infrastructure/nest/provided';

/** Of all that a service has opened, what a host may bring as its own. */
export const hostPorts = ({ ports, ...rest }: OpenedPorts): Provided =>
  Object.fromEntries(Object.entries({ ...ports, ...rest }).filter(([name]) => name in portToken)) as Provided;
