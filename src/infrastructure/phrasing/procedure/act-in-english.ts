import type { Act } from './act';

/** A working translation for those who do not read Romanian. The Romanian text governs. */
export const actInEnglish: Act = {
  title: 'Order of the Mayor of Cluj-Napoca — the “Blue Ticket” (Tichetul albastru) procedure',
  editorial: [
    'Cleaned from the scanned source. Diacritics are restored and errors of the recognition corrected. What cannot be read is marked [illegible]; interventions of the editor stand in square brackets.',
    'The number and date of the Order of 2021 are not legible in the source; only report 154997/425/04.03.2021 is known.',
  ],
  head: ['ROMANIA', 'CLUJ COUNTY', 'MUNICIPALITY OF CLUJ-NAPOCA', '— THE MAYOR —'],
  order: {
    title: 'ORDER',
    about:
      'on the procedure for direct communication of heads of service, heads of office and executive staff of the City Hall of the Municipality of Cluj-Napoca with citizens by means of the Blue Ticket',
    preamble: [
      'The Mayor of the Municipality of Cluj-Napoca,',
      'Having seen report no. 154997/425/04.03.2021 of the Citizens’ Information Centre Service, proposing the approval of the Procedure for direct communication of heads of service, heads of office and executive staff of the City Hall of the Municipality of Cluj-Napoca with citizens by means of the Blue Ticket, and the cessation of Order no. 3479 of 07.10.2020 on the procedure for direct communication of the executive staff of the City Hall of the Municipality of Cluj-Napoca with citizens by means of the Blue Ticket,',
      'Having the endorsement of the Legal Directorate,',
      'In accordance with Government Emergency Ordinance (O.U.G.) no. 57/2019 on the Administrative Code, as amended and supplemented, [and with] Government Ordinance (O.G.) no. 27/2002 on the regulation of petition handling, as amended and supplemented,',
      'On the basis of art. 155, art. 196 para. (1) letter b) and art. 199 of O.U.G. no. 57/2019 on the Administrative Code, as amended and supplemented,',
    ],
    orders: 'ORDERS',
  },
  signature: ['MAYOR,', 'EMIL BOC', '[illegible]'],
  annex: {
    title: 'ANNEX to Order no. [illegible]',
    about:
      'Procedure for direct communication of heads of service, heads of office and executive staff of the City Hall of the Municipality of Cluj-Napoca with citizens by means of the Blue Ticket',
  },
  articles: {
    D1: {
      label: 'Art. 1.',
      texts: [
        'The procedure for direct communication of heads of service, heads of office and executive staff of the City Hall of the Municipality of Cluj-Napoca with citizens by means of the Blue Ticket is approved, according to the Annex, which is an integral part of this Order.',
      ],
    },
    D2: {
      label: 'Art. 2.',
      texts: [
        'From the date on which this Order enters into force, Order no. 3479/07.10.2020, issued by the Mayor of the Municipality of Cluj-Napoca, ceases to apply.',
      ],
    },
    D3: {
      label: 'Art. 3.',
      texts: [
        'The procedure for direct communication of heads of service, heads of office and executive staff of the City Hall of the Municipality of Cluj-Napoca with citizens by means of the Blue Ticket, approved by this Order, shall be published on the website of the City Hall of the Municipality of Cluj-Napoca by the Mass-media Office and displayed at the counters of the City Hall.',
      ],
    },
    D4: {
      label: 'Art. 4.',
      texts: ['The Managerial Control and Quality Management Unit is entrusted with carrying out the provisions of this Order.'],
    },
    1: {
      label: 'Art. 1',
      texts: [
        'The Blue Ticket is a service of direct communication, on request, by online appointment, between every citizen who has a request registered with Cluj-Napoca City Hall and the heads of service, heads of office or executive staff who have it in operation, with a view to providing an answer and clarifying aspects of the administrative service requested.',
      ],
    },
    2: {
      label: 'Art. 2',
      texts: [
        'The Blue Ticket may be requested for:',
        'a) requests in operation with heads of service, heads of office or executive staff of the City Hall of the Municipality of Cluj-Napoca;',
        'b) requests to which an answer was received, but certain clarifications are wanted, within a maximum of 30 days from its communication.',
      ],
    },
    3: {
      label: 'Art. 3',
      texts: [
        'The Blue Ticket is requested as follows:',
        'a) On the website of the City Hall, in the section ADMINISTRAȚIE, in the menu PROGRAMĂRI ONLINE / Comunicarea cu publicul, the menu SOLICITARE TICHET ALBASTRU is opened;',
        'b) To create the BLUE TICKET, the registration number received when the request was filed about which the meeting is wanted must be entered in the field NUMĂR CERERE, with the applicant’s name and the date on which the request was filed;',
        'c) The date and hour at which the meeting is requested are chosen;',
        'd) The modality in which the meeting is to be organised is chosen: online (by means of the WebEx videoconference platform), by telephone or physically, at the premises of the City Hall;',
        'e) If the online option is ticked, the e-mail address (from which one wishes to enter the online meeting on the WebEx platform) and the telephone number are entered; a validation code is received at the e-mail address indicated and must be entered in the dedicated section in order to finalise the enrolment procedure for the Blue Ticket; the invitation link for connecting to the WebEx platform, at the established date and hour, is received at the e-mail address indicated.',
      ],
    },
    4: {
      label: 'Art. 4',
      texts: [
        'On the internal document-management platform INFOCET, heads of service, heads of office or executive staff consult the calendar of the meetings requested through the Blue Ticket in the section dedicated to this service, called VEZI PROGRAMĂRI WEBEX. Appointments can be made with 48 hours from the date of the request.',
      ],
    },
    5: {
      label: 'Art. 5',
      texts: [
        'If the modality ticked for the meeting is online, heads of service, heads of office or executive staff create the meeting on the WebEx platform, according to the instructions made by the IT Strategies Service and communicated through INFOCET. The applicant will receive, at the e-mail address indicated, the link through which they can connect to the online meeting at the established date and hour. The discussion is recorded on the platform, by the civil servant pressing the record button.',
      ],
    },
    6: { label: 'Art. 6', texts: ['In all modalities, the meeting lasts 15 minutes.'] },
    7: {
      label: 'Art. 7',
      texts: [
        'Either during the meeting or immediately after it, heads of service, heads of office or executive staff create in INFOCET a document connected to the initial request (“Tichetul albastru” exists as a document type), in which they note the conclusions of the meeting. This document (the resolution of the “Blue Ticket”) is sent to the e-mail address supplied by the citizen. The resolution by e-mail is sent immediately after the meeting ends.',
      ],
    },
    8: {
      label: 'Art. 8',
      texts: [
        'If, for certain objective reasons, the established meeting schedule cannot be kept, the persons concerned shall be notified by telephone or by e-mail and rescheduled.',
      ],
    },
  },
};
