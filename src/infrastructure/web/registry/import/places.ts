import type { Imported } from '../reports/kept-report';

/** Where each kind of file is brought in, what its header is, and where it leads back to. */
export const importPlaces: Readonly<Record<Imported, { readonly path: string; readonly back: string; readonly header: string }>> = {
  requests: {
    path: '/registratura/import',
    back: '/registratura',
    header:
      'number,departmentCode,filedOn,applicantName,subject,status,handlerStaffId,answerDocumentNumber,answerCommunicatedOn,answerChannel',
  },
  staff: {
    path: '/administrare/functionari/import',
    back: '/administrare/functionari',
    header: 'staffId,name,role,department,departmentCode,email',
  },
};
