import type { Logger } from '../ports/logger';

const ignore = (): void => undefined;

/** A logger that writes nothing. */
export const silentLogger: Logger = { info: ignore, warn: ignore, error: ignore };
