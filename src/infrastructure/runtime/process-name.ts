import { hostname } from 'node:os';

/** How people tell this process from the others of the service: the machine and the number there. */
export const processName = (): string => `${hostname()}-${process.pid}`;
