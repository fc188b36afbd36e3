import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readingPurposes } from '../../../application/kernel/reading-purposes';
import { defined } from '@tichet-albastru/kernel/defined';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { openedFor } from '../../runtime/opened-for';
import { type Looked, ReadingLog, shownIn } from './reading-log';
import { admittedTo, shownTo } from './shown-data';

const isServer = (server: unknown): server is FastifyInstance => typeof server === 'object' && server !== null && 'addHook' in server;

/**
 * Notes which personal data an answer shows to an official, before it is given. They are known where they are opened, so that no page and no
 * route has to say so, and none can forget it; what would be opened for an answer that has begun already is not opened.
 */
@Injectable()
export class ReadingRecorder implements OnModuleInit, OnApplicationBootstrap {
  readonly #log: ReadingLog;
  readonly #watched = new WeakSet<object>();

  constructor(
    @Inject(openedToken) opened: OpenedPorts,
    @Inject(HttpAdapterHost) private readonly host: Partial<HttpAdapterHost>,
  ) {
    this.#log = new ReadingLog(opened);
  }

  /** Also in a host that was equipped with nothing else: no answer passes unseen. */
  onModuleInit(): void {
    const server: unknown = this.host.httpAdapter?.getInstance();
    if (isServer(server)) this.watch(server);
  }

  /** What could not be appended when the service was here last. */
  onApplicationBootstrap(): Promise<void> {
    return this.#log.appendWaiting();
  }

  /** Between a request and its handler, and between its answer and its caller. */
  watch(server: FastifyInstance): void {
    if (this.#watched.has(server)) return;
    this.#watched.add(server);
    server.addHook('preHandler', (request, reply, done) => {
      const shown = shownTo(request);
      const hijack = reply.hijack.bind(reply);
      reply.hijack = () => {
        shown.begin();
        return hijack();
      };
      openedFor(shown, done);
    });
    server.addHook('onSend', (request, reply, payload: unknown, done) => {
      const isShown = payload !== undefined && payload !== null && payload !== '';
      const looked = isShown && (reply.statusCode < 300 || reply.statusCode >= 400) ? this.#lookedAt(request) : undefined;
      shownTo(request).begin();
      if (looked === undefined) {
        done(null, payload);
        return;
      }
      this.#log.record(looked).then(
        () => {
          done(null, payload);
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error('A reading was not recorded.'));
        },
      );
    });
  }

  #lookedAt(request: FastifyRequest): Looked | undefined {
    const shown = shownIn(shownTo(request).streams);
    const { principal, action } = admittedTo(request) ?? {};
    if (principal?.kind !== 'official' || action === undefined || shown === undefined) return undefined;
    const { role, departmentCode, person } = principal;
    const page = `${request.method} ${request.routeOptions.url ?? ''}`;
    return { person, role, ...defined({ departmentCode }), purpose: readingPurposes[action], page, ...shown };
  }
}
