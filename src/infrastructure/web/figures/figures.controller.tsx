import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { GetReportFigures } from '../../../application/reports/report-figures';
import { knownDepartments } from '../../../application/staff/staff-directory';
import { defined } from '../../../domain/kernel/defined';
import { QueryService } from '../../api/commands/query-service';
import { departmentIn } from '../../api/access/viewer';
import { formatOfPath, sendFile } from '../../api/file-answers';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { FaultyPeriodPage, FiguresPage } from './figures-page';
import { fileNamed, fileOf } from './files';
import { periodOf } from './period';
import { type Answer, formView, view } from '../page/answer';

const minutesAnHour = 60;

type Asked = Readonly<Record<string, unknown>>;
type Scope = { readonly department?: string; readonly departmentCode?: string };
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
    const scope = await this.#scope(request, asked);
    const { department } = scope;
    const read = periodOf(asked, this.ports.clock.now());
    if (read.kind === 'faulty') {
      const faults = read.faults.map(({ field, message }) => ({ field, message: message[localeOfPage(request)] }));
      return formView(<FaultyPeriodPage typed={read.typed} department={department} />, faults);
    }
    const figures = await this.reads.ask(GetReportFigures, { ...read.period, ...scope });
    const targetMinutes = this.ports.policies['resolution-deadline'].value.targetHours * minutesAnHour;
    return view(<FiguresPage figures={figures} department={department} targetMinutes={targetMinutes} />);
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
    const scope = await this.#scope(request, asked);
    const figures = await this.reads.ask(GetReportFigures, { ...read.period, ...scope });
    void reply.header('vary', 'Accept-Language, Cookie');
    await sendFile(reply, format, fileOf(name, figures, localeOfPage(request)), localeOfPage(request));
  }

  /** The department by the name that was chosen, within the one that alone they see. @throws HttpProblem `forbidden` where it is another's */
  async #scope(request: FastifyRequest, asked: Asked): Promise<Scope> {
    const department = chosenDepartment(asked);
    const departmentCode = departmentIn(request, 'reports.read', undefined);
    if (department !== undefined && departmentCode !== undefined) {
      const codes = (await knownDepartments(this.ports)).filter((one) => one.department === department).map((one) => one.departmentCode);
      // a name that the department had before is in no directory any more
      if (codes.length > 0 && !codes.includes(departmentCode)) throw new HttpProblem({ code: 'forbidden' });
    }
    return defined({ department, departmentCode });
  }
}
