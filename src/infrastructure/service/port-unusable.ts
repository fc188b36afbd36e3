import { errorCode } from '@tichet-albastru/kernel/error-code';
import { inBoth, SaidError } from '../phrasing/sentences';

/** The service cannot listen where it was told to. */
export class PortUnusable extends SaidError {
  override readonly name = 'PortUnusable';
}

/** `undefined` for an error that is not about the address. */
export const portUnusable = (
  { port, host }: { readonly port: number; readonly host: string },
  error: unknown,
): PortUnusable | undefined => {
  const { taken, forbidden, elsewhere } = inBoth.unusable.port;
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new PortUnusable(taken({ port, host }));
    case 'EACCES':
      return new PortUnusable(forbidden({ port }));
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new PortUnusable(elsewhere({ host }));
    default:
      return undefined;
  }
};
