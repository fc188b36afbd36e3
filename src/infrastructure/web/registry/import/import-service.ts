import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../../../../application/kernel/access';
import type { Ports } from '../../../../application/kernel/ports/ports';
import { officialOf } from '../../../api/access/viewer';
import { portsToken } from '../../../nest/tokens';
import { importLines } from '../../../outside/document-system/import/import-lines';
import type { ImportReport } from '../../../outside/document-system/import/import-report';
import { requestImport, staffImport } from '../../../outside/document-system/import/kinds';
import type { Imported } from '../reports/stored-report';
import { StoredReports } from '../reports/stored-reports';
import { takeLines, type SentLines, type WrongSending } from './sent-lines';

/** How long a browser waits for the tables, so that the lists after it show what came in. */
const longestWaitMilliseconds = 2000;

/**
 * Files from browsers. A file is not remembered under its form, as other commands are: it is known only once all of it was read,
 * and people go back, mend the file and send the same form. Nothing is lost by it: the same lines again are no new facts.
 */
@Injectable()
export class ImportService {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    private readonly reports: StoredReports,
  ) {}

  /** @returns the id of the report, or why nothing was read */
  async take(request: FastifyRequest, what: Imported): Promise<{ readonly reportId: string } | WrongSending> {
    const at = this.ports.clock.now();
    return takeLines(request, async (lines) => {
      const { position, ...report } = await this.#bringIn(request, what, lines);
      if (position !== '') await this.ports.readModels.reached(position, longestWaitMilliseconds);
      return { reportId: await this.reports.keep(request, { kind: 'import', what, at, report }) };
    });
  }

  #bringIn(request: FastifyRequest, what: Imported, lines: SentLines): Promise<ImportReport> {
    const commandId = this.ports.identifiers.next();
    const context = {
      commandId,
      correlationId: commandId,
      causationId: commandId,
      actor: actorOf(officialOf(request), commandId),
      at: this.ports.clock.now(),
    };
    return what === 'staff' ? importLines(this.ports, context, staffImport, lines) : importLines(this.ports, context, requestImport, lines);
  }
}
