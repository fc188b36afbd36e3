import { Inject, Injectable } from '@nestjs/common';
import { hkdfSync, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/ports/ports';
import { plusMinutes } from '../../../domain/time/civil-time';
import type { OpenedPorts } from '../../nest/open-ports';
import { openedToken } from '../../nest/options';
import { portsToken } from '../../nest/use-case';
import { openBytes, sealBytes } from '../../privacy/sealing';
import { sessionOf, sessionText } from '../../serialization/session.codec';
import { emptySession, type Session } from './session';

/** An official's working day; a citizen's draft is emptied much earlier, with its booking token. */
const livesMinutes = 12 * 60;
const idOf = /^[\w-]{43}$/;

/** Sessions of browsers: an opaque cookie, and behind it a row that is sealed and bound to it. */
@Injectable()
export class Sessions {
  readonly #key: Buffer;
  readonly #opened = new WeakMap<FastifyRequest, Session>();

  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) opened: OpenedPorts,
  ) {
    this.#key = Buffer.from(hkdfSync('sha256', opened.tokenKey, Buffer.alloc(0), 'tichet-albastru/web-session', 32));
  }

  /** Over HTTPS the cookie is bound to this host and to HTTPS by its name. */
  get #secure(): boolean {
    return this.ports.cityHall.publicUrl.startsWith('https:');
  }
  get #cookie(): string {
    return this.#secure ? '__Host-tichet' : 'tichet';
  }

  /** The session of this request; an empty one when there is none, or none any more. */
  async of(request: FastifyRequest): Promise<Session> {
    const known = this.#opened.get(request);
    if (known) return known;
    const session = await this.#read(this.#idIn(request));
    this.#opened.set(request, session);
    return session;
  }

  /** Keeps the session as it is now. A browser that had none, or whose rights change, gets a new cookie. */
  async keep(request: FastifyRequest, reply: FastifyReply, session: Session, { renew = false } = {}): Promise<void> {
    const old = this.#idIn(request);
    const id = old === undefined || renew ? randomBytes(32).toString('base64url') : old;
    if (old !== undefined && old !== id) await this.ports.operations.sessions.remove(this.#tag(old));
    const tag = this.#tag(id);
    const sealed = sealBytes(this.#key, Buffer.from(sessionText(session)), tag).toString('base64');
    await this.ports.operations.sessions.put(tag, sealed, plusMinutes(this.ports.clock.now(), livesMinutes));
    this.#opened.set(request, session);
    reply.setCookie(this.#cookie, id, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.#secure,
      maxAge: livesMinutes * 60,
    });
  }

  /** Ends it on the server as well. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const id = this.#idIn(request);
    if (id !== undefined) await this.ports.operations.sessions.remove(this.#tag(id));
    this.#opened.set(request, emptySession);
    reply.clearCookie(this.#cookie, { path: '/', httpOnly: true, sameSite: 'lax', secure: this.#secure });
  }

  #idIn(request: FastifyRequest): string | undefined {
    const id = request.cookies[this.#cookie];
    return id !== undefined && idOf.test(id) ? id : undefined;
  }

  #tag(id: string): string {
    return this.ports.personalData.tag('web-session', id);
  }

  async #read(id: string | undefined): Promise<Session> {
    if (id === undefined) return emptySession;
    const tag = this.#tag(id);
    const sealed = await this.ports.operations.sessions.get(tag, this.ports.clock.now());
    return sealed === undefined ? emptySession : sessionOf(openBytes(this.#key, Buffer.from(sealed, 'base64'), tag).toString());
  }
}
