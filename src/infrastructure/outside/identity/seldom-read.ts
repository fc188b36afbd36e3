import { IssuerUnavailable } from './issuer-unavailable';

/** Milliseconds. */
export type ReadingPace = {
  /** so long it is taken as it is; afterwards it is read anew while the callers go on */
  readonly freshFor: number;
  /** so long it counts although it cannot be read anew */
  readonly keptFor: number;
  /** between two readings, regardless of the result */
  readonly coolDown: number;
};

export const documentPace: ReadingPace = { freshFor: 10 * 60_000, keptFor: 24 * 3_600_000, coolDown: 10_000 };

/** Something that is read from outside, seldom, once for all callers that wait for it, and kept while the outside is silent. */
export type SeldomRead<T> = {
  /** What is kept. @throws IssuerUnavailable when nothing is, and it cannot be read */
  current(): Promise<T>;
  /**
   * What stands there now, for a caller that misses something in what is kept. @throws IssuerUnavailable also when it was read a moment ago
   */
  anew(): Promise<T>;
  /** milliseconds since 1970 when what is kept was asked for */
  askedAt(): number | undefined;
};

export const seldomRead = <T>(
  read: () => Promise<T>,
  now: () => number,
  { freshFor, keptFor, coolDown }: ReadingPace,
  onFailure: (reason: string, code?: string) => void = () => undefined,
): SeldomRead<T> => {
  let kept: { readonly value: T; readonly at: number } | undefined;
  let reading: Promise<T> | undefined;
  let notBefore = Number.NEGATIVE_INFINITY;
  const secondsLeft = (): number => Math.max(1, Math.ceil((notBefore - now()) / 1000));

  const readOnce = async (): Promise<T> => {
    const at = now();
    notBefore = at + coolDown;
    try {
      const value = await read();
      kept = { value, at };
      return value;
    } catch (error) {
      if (error instanceof IssuerUnavailable) {
        notBefore = now() + Math.max(coolDown, error.retryAfterSeconds * 1000);
        onFailure(error.reason, error.code);
        throw new IssuerUnavailable(error.reason, secondsLeft(), error.code);
      }
      throw error;
    } finally {
      reading = undefined;
    }
  };
  const anew = (): Promise<T> => {
    if (reading !== undefined) return reading;
    if (now() < notBefore) return Promise.reject(new IssuerUnavailable('asked-a-moment-ago', secondsLeft()));
    reading = readOnce();
    return reading;
  };
  return {
    current: () => {
      const age = kept === undefined ? Number.POSITIVE_INFINITY : now() - kept.at;
      if (kept === undefined || age > keptFor) return anew();
      if (age > freshFor)
        anew().catch((error: unknown) => {
          // said by onFailure already; what is kept counts meanwhile
          if (!(error instanceof IssuerUnavailable)) onFailure('fault');
        });
      return Promise.resolve(kept.value);
    },
    anew,
    askedAt: () => kept?.at,
  };
};
