import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalKey } from '../../../application/kernel/access';
import type { Ports } from '../../../application/kernel/ports/ports';
import { plusMinutes } from '../../../domain/time/civil-time';
import { officialOf } from '../../api/access/viewer';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken, portsToken } from '../../nest/tokens';
import { keyFor, openIfFitting, sealText } from '@tichet-albastru/event-log/keys/encrypting';
import { reportOf, reportText, type StoredReport } from './stored-report.codec';

/** As long as a session. */
const livesMinutes = 12 * 60;

/**
 * Reports of files and erasures, for the person who asked for them and for half a day: looking again, or reloading, does nothing again.
 * Sealed, for a file without a header line may have a name where its columns are named.
 */
@Injectable()
export class StoredReports {
  readonly #key: Buffer;

  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Inject(openedToken) opened: OpenedPorts,
  ) {
    this.#key = keyFor('web-report', opened.tokenKey);
  }

  /**
   * @param occasion the same occasion keeps its first report: what the second half of a double click finds is what the first left
   * @returns the id that stands in the address of the report
   */
  async keep(request: FastifyRequest, report: StoredReport, occasion = this.ports.identifiers.next()): Promise<string> {
    const id = this.ports.identifiers.derive('web-report', occasion);
    const tag = this.#tag(request, id);
    if ((await this.ports.operations.sessions.get(tag, this.ports.clock.now())) !== undefined) return id;
    const sealed = sealText(this.#key, reportText(report), tag).toString('base64');
    await this.ports.operations.sessions.put(tag, sealed, plusMinutes(this.ports.clock.now(), livesMinutes));
    return id;
  }

  async find<K extends StoredReport['kind']>(
    request: FastifyRequest,
    id: string,
    kind: K,
  ): Promise<Extract<StoredReport, { readonly kind: K }> | undefined> {
    const tag = this.#tag(request, id);
    const row = await this.ports.operations.sessions.get(tag, this.ports.clock.now());
    if (row === undefined) return undefined;
    const text = openIfFitting(this.#key, Buffer.from(row.sealed, 'base64'), tag);
    const report = text && reportOf(text.toString());
    return report && isOf(report, kind) ? report : undefined;
  }

  #tag(request: FastifyRequest, id: string): string {
    return this.ports.personalData.tag('web-report', `${principalKey(officialOf(request))}\u001f${id}`);
  }
}

const isOf = <K extends StoredReport['kind']>(report: StoredReport, kind: K): report is Extract<StoredReport, { readonly kind: K }> =>
  report.kind === kind;
