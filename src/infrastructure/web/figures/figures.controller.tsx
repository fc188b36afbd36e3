import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type FiguresQuery, GetReportFigures } from '../../../application/reports/report-figures';
import { departmentsMeant, everyDepartment } from '../../../application/staff/staff-directory';
import { departmentBound } from '../../../application/kernel/rights';
import { QueryService } from '../../api/commands/query-service';
import { departmentIn, officialOf } from '../../api/access/viewer';
import { formatOfPath, sendFile } from '../../api/file-answers';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { FaultyPeriodPage, FiguresPage, type Whose } from './figures-page';
import { fileNamed, fileOf } from './files';
import { periodOf } from './period';
import { type Answer, formView, view } from '../page/answer';

const minutesAnHour = 60;

type Asked = Readonly<Record<string, unknown>>;
/** What is asked of the figures, and what the page says of it. */
type Scope = { readonly query: Pick<FiguresQuery, 'departments' | 'departmentCode'>; readonly whose: Whose };
/** Nothing chosen is every department. */
const chosenDepartment = ({ department }: Asked): string | undefined =>
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
    const { query, whose } = await this.#scope(request, asked);
    const read = periodOf(asked, this.ports.clock.now());
    if (read.kind === 'faulty') {
      const faults = read.faults.map(({ field, message }) => ({ field, message: message[localeOfPage(request)] }));
      return formView(<FaultyPeriodPage typed={read.typed} whose={whose} />, faults);
    }
    const figures = await this.reads.ask(GetReportFigures, { ...read.period, ...query });
    const targetMinutes = this.ports.policies['resolution-deadline'].value.targetHours * minutesAnHour;
    return view(<FiguresPage figures={figures} whose={whose} targetMinutes={targetMinutes} />);
  }

  @Get(':file')
  @ForOfficials('reports.read')
  async file(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('file') text: string,
    @Query() asked: Asked,
  ): Promise<void> {
    const name = fileNamed(text);
    const format = formatOfPath(request);
    if (name === undefined || format === undefined) throw new HttpProblem({ code: 'not-found' });
    const read = periodOf(asked, this.ports.clock.now());
    if (read.kind === 'faulty') throw new HttpProblem({ code: 'invalid', errors: read.faults });
    const { query } = await this.#scope(request, asked);
    const figures = await this.reads.ask(GetReportFigures, { ...read.period, ...query });
    void reply.header('vary', 'Accept-Language, Cookie');
    await sendFile(reply, format, fileOf(name, figures, localeOfPage(request)), localeOfPage(request));
  }

  /**
   * The department by its code, or by a name that it has or had, within the one that alone they see.
   * @throws HttpProblem `forbidden` where it is another's
   */
  async #scope(request: FastifyRequest, asked: Asked): Promise<Scope> {
    const text = chosenDepartment(asked);
    const every = await everyDepartment(this.ports);
    const nameOf = (code: string): string => every.find(({ departmentCode }) => departmentCode === code)?.department ?? code;
    const meant = text === undefined ? undefined : departmentsMeant(every, text);
    const own = departmentBound(officialOf(request), 'reports.read')?.departmentCode;
    const departmentCode = departmentIn(request, 'reports.read', meant?.find((code) => code === own) ?? meant?.[0]);
    if (own !== undefined) return { query: { departmentCode: own }, whose: { kind: 'own', name: nameOf(own) } };
    if (meant === undefined || departmentCode === undefined || text === undefined) return { query: {}, whose: { kind: 'all' } };
    // several that have or had one name stay chosen by it
    const chosen = meant.length > 1 ? { value: text, name: text } : { value: departmentCode, name: nameOf(departmentCode) };
    return { query: { departments: meant }, whose: { kind: 'chosen', ...chosen } };
  }
}
