import { Get, Inject, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { GetReportFigures } from '../../../application/reports/report-figures';
import { defined } from '../../../domain/kernel/defined';
import { QueryService } from '../../api/commands/query-service';
import { csvOf } from '../../runtime/csv';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { FaultyPeriodPage, FiguresPage } from './figures-page';
import { fileNamed, fileOf, savedAs } from './files';
import { periodOf } from './period';
import { type Answer, download, formView, view } from '../page/answer';

const minutesAnHour = 60;

type Asked = Readonly<Record<string, unknown>>;
/** Nothing chosen is every department. */
const departmentIn = ({ department }: Asked): string | undefined =>
  typeof department === 'string' && department !== '' ? department : undefined;

/** Rapoarte: the manager's figures, to be read and to be taken along. */
@Pages('rapoarte')
export class FiguresController {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('reports.read')
  async figures(@Req() request: FastifyRequest, @Query() asked: Asked): Promise<Answer> {
    const department = departmentIn(asked);
    const read = periodOf(asked, this.ports.clock.now());
    if (read.kind === 'faulty') {
      const faults = read.faults.map(({ field, message }) => ({ field, message: message[localeOfPage(request)] }));
      return formView(<FaultyPeriodPage typed={read.typed} department={department} />, faults);
    }
    const figures = await this.reads.ask(GetReportFigures, { ...read.period, ...defined({ department }) });
    const targetMinutes = this.ports.policies['resolution-deadline'].value.targetHours * minutesAnHour;
    return view(<FiguresPage figures={figures} department={department} targetMinutes={targetMinutes} />);
  }

  @Get(':file')
  @ForOfficials('reports.read')
  async file(@Req() request: FastifyRequest, @Param('file') text: string, @Query() asked: Asked): Promise<Answer> {
    const name = fileNamed(text);
    if (name === undefined) throw new HttpProblem({ code: 'not-found' });
    const read = periodOf(asked, this.ports.clock.now());
    if (read.kind === 'faulty') throw new HttpProblem({ code: 'invalid', errors: read.faults });
    const department = departmentIn(asked);
    const figures = await this.reads.ask(GetReportFigures, { ...read.period, ...defined({ department }) });
    const { titles, rows } = fileOf(name, figures, localeOfPage(request));
    return download(csvOf(rows, titles), {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${savedAs(name, read.period)}"`,
      vary: 'Accept-Language, Cookie',
    });
  }
}
