import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { csvOf } from '../../../runtime/csv';
import { HttpProblem } from '../../../api/problem/problem';
import { localeOfPage } from '../../page/locale-of-page';
import { PageDesk } from '../../page/page-desk';
import type { Imported, KeptReport } from '../reports/kept-report';
import { KeptReports } from '../reports/kept-reports';
import { ImportDesk } from './import-desk';
import { ImportPage } from './import-page';
import { importPlaces } from './places';
import { ImportReportPage } from './report-page';
import { type Answer, download, seeOther, view } from '../../page/answer';
import { sentences } from '../../../phrasing/sentences';

/** The pages of an import, the same for each kind of file. */
@Injectable()
export class ImportPages {
  constructor(
    private readonly pages: PageDesk,
    private readonly desk: ImportDesk,
    private readonly reports: KeptReports,
  ) {}

  async form(request: FastifyRequest, what: Imported): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    return view(<ImportPage context={context} what={what} />);
  }

  async take(request: FastifyRequest, what: Imported): Promise<Answer> {
    const taken = await this.desk.take(request, what);
    if (typeof taken === 'object') {
      return seeOther(`${importPlaces[what].path}/${taken.reportId}`);
    }
    const context = await this.pages.contextOf(request);
    return view(<ImportPage context={context} what={what} wrong={taken} />, 422);
  }

  async report(request: FastifyRequest, what: Imported, id: string, asked: unknown): Promise<Answer> {
    const kept = await this.#kept(request, what, id);
    const context = await this.pages.contextOf(request);
    return view(<ImportReportPage context={context} id={id} kept={kept} asked={asked} />);
  }

  async faults(request: FastifyRequest, what: Imported, id: string): Promise<Answer> {
    const { report } = await this.#kept(request, what, id);
    const locale = localeOfPage(request);
    const words = sentences[locale].registry.import;
    const rows = report.faults.map(({ line, field = '', message }) => ({
      [words.line]: line,
      [words.field]: field,
      [words.message]: message[locale],
    }));
    return download(csvOf(rows), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="greseli.csv"',
    });
  }

  async #kept(request: FastifyRequest, what: Imported, id: string): Promise<Extract<KeptReport, { readonly kind: 'import' }>> {
    const kept = await this.reports.find(request, id, 'import');
    if (kept?.what !== what) throw new HttpProblem({ code: 'not-found' });
    return kept;
  }
}
