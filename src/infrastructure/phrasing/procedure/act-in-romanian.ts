import type { Act } from './act';

/** The act itself, word for word as docs/procedure.md has it; a test holds one to the other. It governs. */
export const actInRomanian: Act = {
  title: 'Dispoziția primarului municipiului Cluj-Napoca — procedura „Tichetul albastru”',
  editorial: [
    'Text curățat după OCR-ul din documentul-sursă scanat. Diacriticele sunt restabilite (ș/ț cu virgulă), erorile de OCR corectate. Ce nu se poate citi este marcat [ilizibil]. Nimic nu este adăugat; intervențiile editoriale sunt între paranteze drepte.',
    'Corecții mai importante: „Zichetului/Tichefului” → Tichetului; „Art.d, Cuindeplinirea” → Art. 4. Cu îndeplinirea; „ANEXA 1a Dispozilia” → ANEXA la Dispoziția („1a” = „la”); „o0 au în operare” → o au în operare; „ca lip de document” → ca tip de document; „ciruia” → căruia; „solicitarea a” → solicitare a; „PRIMAg” → PRIMAR.',
    'Numărul și data dispoziției din 2021 NU apar în text (ilizibile); se cunoaște doar referatul 154997/425/04.03.2021.',
  ],
  head: ['ROMÂNIA', 'JUDEȚUL CLUJ', 'MUNICIPIUL CLUJ-NAPOCA', '— PRIMAR —'],
  order: {
    title: 'DISPOZIȚIE',
    about:
      'privind procedura de comunicare directă a șefilor de servicii, șefilor de birouri și a personalului de execuție din cadrul Primăriei municipiului Cluj-Napoca cu cetățenii prin intermediul Tichetului albastru',
    preamble: [
      'Primarul municipiului Cluj-Napoca,',
      'Văzând referatul nr. 154997/425/04.03.2021 al Serviciului Centrul de informare pentru cetățeni, prin care se propune aprobarea Procedurii de comunicare directă a șefilor de servicii, șefilor de birouri și a personalului de execuție din cadrul Primăriei municipiului Cluj-Napoca cu cetățenii prin intermediul Tichetului albastru și de încetare a Dispoziției nr. 3479 din 07.10.2020 privind procedura de comunicare directă a personalului de execuție din cadrul Primăriei municipiului Cluj-Napoca cu cetățenii prin intermediul Tichetului albastru,',
      'Având avizul Direcției Juridice,',
      'În conformitate cu prevederile O.U.G. nr. 57/2019 privind Codul administrativ, cu modificările și completările ulterioare, [ale] O.G. nr. 27/2002 privind reglementarea activității de soluționare a petițiilor, cu modificările și completările ulterioare,',
      'În temeiul prevederilor art. 155, art. 196 alin. (1) lit. b) și art. 199 din O.U.G. nr. 57/2019 privind Codul administrativ, cu modificările și completările ulterioare,',
    ],
    orders: 'DISPUNE',
  },
  signature: ['PRIMAR,', 'EMIL BOC', '[ilizibil]'],
  annex: {
    title: 'ANEXA la Dispoziția nr. [ilizibil]',
    about:
      'Procedura de comunicare directă a șefilor de servicii, șefilor de birouri și a personalului de execuție din cadrul Primăriei municipiului Cluj-Napoca cu cetățenii prin intermediul Tichetului albastru',
  },
  articles: {
    D1: {
      label: 'Art. 1.',
      texts: [
        'Se aprobă procedura de comunicare directă a șefilor de servicii, șefilor de birouri și a personalului de execuție din cadrul Primăriei municipiului Cluj-Napoca cu cetățenii prin intermediul Tichetului albastru, conform Anexei care face parte integrantă din prezenta dispoziție.',
      ],
    },
    D2: {
      label: 'Art. 2.',
      texts: [
        'Cu data intrării în vigoare a prezentei dispoziții, încetează aplicabilitatea Dispoziției nr. 3479/07.10.2020, emisă de primarul municipiului Cluj-Napoca.',
      ],
    },
    D3: {
      label: 'Art. 3.',
      texts: [
        'Procedura de comunicare directă a șefilor de servicii, șefilor de birouri și a personalului de execuție din cadrul Primăriei municipiului Cluj-Napoca cu cetățenii prin intermediul Tichetului albastru, aprobată prin prezenta dispoziție, va fi publicată pe site-ul Primăriei municipiului Cluj-Napoca de către Biroul Mass-media și afișată la ghișeele Primăriei.',
      ],
    },
    D4: {
      label: 'Art. 4.',
      texts: [
        'Cu îndeplinirea prevederilor prezentei dispoziții se încredințează Compartimentul Control managerial și managementul calității.',
      ],
    },
    1: {
      label: 'Art. 1',
      texts: [
        'Tichetul albastru este un serviciu de comunicare directă, la cerere, prin programare online, între fiecare cetățean care are o solicitare înregistrată la Primăria Cluj-Napoca și șefii de serviciu, șefii de birou sau personalul de execuție care o au în operare, în vederea furnizării unui răspuns și clarificarea unor aspecte privind serviciul administrativ solicitat.',
      ],
    },
    2: {
      label: 'Art. 2',
      texts: [
        'Tichetul albastru poate fi solicitat pentru:',
        'a) cererile aflate în operare la șefii de serviciu, șefii de birou sau la personalul de execuție din cadrul Primăriei municipiului Cluj-Napoca;',
        'b) cererile la care s-a primit un răspuns, dar se doresc anumite clarificări în maximum 30 de zile de la comunicarea acestuia.',
      ],
    },
    3: {
      label: 'Art. 3',
      texts: [
        'Modalitatea de solicitare a Tichetului albastru este următoarea:',
        'a) Pe site-ul primăriei, în secțiunea ADMINISTRAȚIE, în meniul PROGRAMĂRI ONLINE / Comunicarea cu publicul, se accesează meniul SOLICITARE TICHET ALBASTRU;',
        'b) Pentru a crea TICHETUL ALBASTRU, trebuie să fie introdus în câmpul NUMĂR CERERE numărul de înregistrare primit în momentul în care s-a depus cererea în legătură cu care se dorește întâlnirea, numele solicitantului și data la care a fost depusă cererea;',
        'c) Se alege data și ora la care se solicită întâlnirea;',
        'd) Se alege modalitatea în care se dorește organizarea întâlnirii: online (prin intermediul platformei de videoconferință WebEx), telefonic sau fizic, la sediul Primăriei;',
        'e) În situația în care se bifează opțiunea online, se introduce adresa de e-mail (de pe care se dorește intrarea în întâlnirea online de pe platforma WebEx) și numărul de telefon; pe adresa de e-mail indicată se primește un cod de validare care trebuie introdus în secțiunea dedicată, pentru a finaliza procedura de înscriere pentru Tichetul albastru; pe adresa de e-mail indicată se primește link-ul de invitație pentru conectarea pe platforma WebEx, la data și ora stabilită.',
      ],
    },
    4: {
      label: 'Art. 4',
      texts: [
        'Pe platforma de management intern al documentelor INFOCET, șefii de serviciu, șefii de birou sau personalul de execuție consultă calendarul întâlnirilor solicitate prin Tichetul albastru la secțiunea dedicată acestui serviciu, denumită VEZI PROGRAMĂRI WEBEX. Programările se pot face cu 48 ore de la data solicitării.',
      ],
    },
    5: {
      label: 'Art. 5',
      texts: [
        'Dacă modalitatea de organizare a întâlnirii bifată este online, șefii de serviciu, șefii de birou sau personalul de execuție creează întâlnirea pe platforma WebEx, conform instrucțiunilor realizate de către Serviciul Strategii de informatizare și comunicate prin INFOCET. Solicitantul va primi prin adresa de e-mail indicată link-ul prin intermediul căruia se va putea conecta la întâlnirea online la data și ora stabilită. Discuția este înregistrată pe platformă, prin accesarea butonului record de către funcționar.',
      ],
    },
    6: { label: 'Art. 6', texts: ['În toate modalitățile de organizare, întâlnirea are o durată de 15 minute.'] },
    7: {
      label: 'Art. 7',
      texts: [
        'Fie în timpul întâlnirii, fie imediat după aceasta, șefii de serviciu, șefii de birou sau personalul de execuție creează în INFOCET un document conex cu cererea inițială (există „Tichetul albastru” ca tip de document) în care notează concluziile întâlnirii. Acest document (rezoluția „Tichetului albastru”) este transmis pe adresa de e-mail furnizată de către cetățean. Rezoluția prin e-mail se transmite imediat după încheierea întâlnirii.',
      ],
    },
    8: {
      label: 'Art. 8',
      texts: [
        'Dacă din anumite motive obiective programul de întâlnire stabilit nu poate fi respectat, persoanele în cauză vor fi anunțate telefonic sau prin e-mail și reprogramate.',
      ],
    },
  },
};
