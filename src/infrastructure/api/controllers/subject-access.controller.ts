import { Body, HttpCode, Post } from '@nestjs/common';
import { GetSubjectAccess, type SubjectAccessQuery } from '../../../application/privacy/subject-access';
import { requestNamed } from '../../../domain/request/registering';
import { Access } from '../access/access-decorator';
import { Api, Operation, type Plain } from '../api-decorator';
import { QueryService } from '../commands/query-service';
import { SubjectAccessAnswer, SubjectAccessBody } from '../dto/subject-access';
import { HttpProblem } from '../problem/problem';

const subjectIn = ({ ticketId, requestNumber, filedOn, applicantName, email }: SubjectAccessBody): SubjectAccessQuery => {
  const request = requestNumber === undefined || filedOn === undefined ? undefined : requestNamed(`${requestNumber}_${filedOn}`);
  const ways: readonly SubjectAccessQuery[] = [
    ...(ticketId === undefined ? [] : [{ ticketId }]),
    ...(request === undefined || applicantName === undefined ? [] : [{ request, applicantName }]),
    ...(email === undefined ? [] : [{ email }]),
  ];
  const [asked] = ways;
  if (asked === undefined || ways.length > 1) throw new HttpProblem({ code: 'invalid' });
  return asked;
};

/** GDPR 15: what is kept about one person. In a body, so that no name and no address stands in an address of ours. */
@Api('subject-access', 'Administration')
export class SubjectAccessController {
  constructor(private readonly queries: QueryService) {}

  /** No command: what it leaves is the fact that it was read. */
  @Post()
  @HttpCode(200)
  @Access('subject.access')
  @Operation('Everything that is kept about one person (GDPR 15)', { 200: SubjectAccessAnswer }, ['not-found', 'invalid'])
  readSubjectAccess(@Body() body: SubjectAccessBody): Promise<Plain<SubjectAccessAnswer>> {
    return this.queries.ask(GetSubjectAccess, subjectIn(body));
  }
}
