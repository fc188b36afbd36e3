import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { plusMinutes } from '../../../domain/time/civil-time';
import type { BegunSignIn } from '../../outside/identity/provider-sign-in';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { keyFor, openIfFitting, sealText } from '@tichet-albastru/event-log/keys/encrypting';
import { type StoredSignIn, signInOf, signInText } from '../../outside/identity/begun-sign-in.codec';
import { cookieAttributes, cookieName } from '../session/cookie';

/** Long enough for a forgotten password. */
const livesMinutes = 15;
const bound = 'begun-sign-in';
/** Characters of the way back. Browsers keep no cookie over 4 KiB, and then no official could sign in by such an address. */
const longestWay = 1_500;

/** A sign-in under way is kept sealed in the browser that began it: no other can finish it, and beginning costs the server nothing. */
@Injectable()
export class BegunSignIns {
  readonly #key: Buffer;

  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) opened: OpenedPorts,
  ) {
    this.#key = keyFor('begun-sign-in', opened.tokenKey);
  }

  give(reply: FastifyReply, begun: BegunSignIn, to: string): void {
    const kept: StoredSignIn = { ...begun, to: to.length > longestWay ? '' : to, until: plusMinutes(this.ports.clock.now(), livesMinutes) };
    const sealed = sealText(this.#key, signInText(kept), bound).toString('base64url');
    reply.setCookie(this.#cookie, sealed, { ...cookieAttributes(this.ports), maxAge: livesMinutes * 60 });
  }

  /** Once: even if this sign-in fails, the next one begins anew. */
  take(request: FastifyRequest, reply: FastifyReply): StoredSignIn | undefined {
    const sealed = request.cookies[this.#cookie];
    if (sealed === undefined) return undefined;
    reply.clearCookie(this.#cookie, cookieAttributes(this.ports));
    const text = openIfFitting(this.#key, Buffer.from(sealed, 'base64url'), bound);
    const kept = text === undefined ? undefined : signInOf(text.toString());
    return kept !== undefined && this.ports.clock.now() < kept.until ? kept : undefined;
  }

  get #cookie(): string {
    return cookieName(this.ports, 'tichet-intrare');
  }
}
