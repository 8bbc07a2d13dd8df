import { fold, wordsOf } from './fold.ts';

/* Words by which parts of a plan are named, in several languages, folded; each is the beginning of a word or of several. */

export const topics = [
  'roles',
  'tasks',
  'communication',
  'resources',
  'timeline',
  'contacts',
  'milestones',
  'risks',
  'objectives',
  'systems',
  'criteria',
  'talk',
] as const;
export type Topic = (typeof topics)[number];

/** With the weight of a word in a heading: the rarer it is elsewhere, the more it says. */
const words: Readonly<Record<Topic, readonly (readonly [weight: number, words: string])[]>> = {
  roles: [
    [
      3,
      'role|responsib|duties|duty|who carries|rolle|zustandig|verantwort|responsabil|verantwoordel|funcoes|papeis|who does|who is|in charge|job action|accountab',
    ],
    [
      2,
      'team|personnel|staff|position|command structure|people|organi|equipe|equipo|personal|personeel|functie|who |taakverdeling|besetzung|stab|organigram',
    ],
  ],
  tasks: [
    [
      3,
      'checklist|runbook|step|what to do|schritt|etapes|pasos|stappen|passos|massnahm|ablauf|procedure|playbook|prozedur|handlung|vorgehen|deroulement',
    ],
    [
      2,
      'action|task|phase|stage|fase|measure|accion|tarea|actie|taken|aufgabe|mesure|medida|maatregel|tache|wiederherstell|reprise|workflow|sequence',
    ],
    [1, 'recover|response|respond|restor|herstel|recuper|reaktion|respuesta|reponse'],
  ],
  communication: [
    [
      3,
      'communic|talking|told|kommunik|comunic|notif|press |media|meldeweg|meldung|informing|public relation|messag|keeping people|benachricht|medien',
    ],
    [2, 'inform|announce|statement|stakeholder|talk|reporting line|update'],
  ],
  resources: [
    [
      3,
      'resourc|ressourc|recurso|equipment|materiel|material|budget|supplies|ausstattung|mittel|moyens|medios|middelen|benodigd|inventar|assets|what we have|means',
    ],
    [2, 'tools|need|money|call on|draw on|supply|stock|go kit|go-kit|kit list|spare'],
  ],
  timeline: [
    [
      3,
      'timeline|time line|time frame|timeframe|schedul|zeitplan|zeitrahmen|fristen|calendri|delais|cronogra|plazos|tijdlijn|tijdschema|chronolog|zeitachse|timetable|by when',
    ],
    [2, 'when|timing|deadline|time|zeit|planning|duration'],
  ],
  contacts: [
    [
      4,
      'contact|kontakt|numbers|phone|telefon|telephone|call list|directory|annuaire|coordonnee|erreichbar|call tree|bellijst|rufnummer|numeros',
    ],
  ],
  milestones: [[4, 'milestone|checkpoint|meilenstein|jalon|hitos|hito |mijlpa|marcos|targets|zielzeiten']],
  risks: [[4, 'risk|risik|risque|riesgo|risico|hazard|threat|gefahr|gefahrd|menace|amenaza|bedreig|risco']],
  objectives: [[3, 'objective|goal|ziele|objectif|objetivo|doelstell|aims']],
  systems: [
    [
      3,
      'systems and|critical system|critical application|it system|kritische systeme|systemes critiques|sistemas criticos|kritieke systemen|service level|rto|application inventory',
    ],
  ],
  criteria: [
    [
      4,
      'activation criteria|trigger|declar|ausloes|auslos|alarmierung|aktivierung|declench|activacion|activering|activation|severity|when to|criteria|criteres|criterios',
    ],
  ],
  talk: [
    [
      3,
      'introduc|einleitung|einfuhrung|conclusion|schluss|fazit|inleiding|introduccion|purpose|zweck|background|hintergrund|component|overview|ubersicht|table of contents|inhalt|sommaire|contenido|inhoud|glossar|definition|revision|version|approval|genehmigung|distribution|scope|geltungsbereich|training|exercise|appendix|references|objet|preambule|document control|change log|key component|maintenance|reply|related',
    ],
  ],
};

const lists = new Map(
  topics.map((topic) => [
    topic,
    words[topic].flatMap(([weight, each]) => each.split('|').map((word) => [word, weight] as const)),
  ]),
);

/** How much a heading sounds like each topic; what it begins with counts as much as the rest. */
export function topicsOfHeading(heading: string): ReadonlyMap<Topic, number> {
  const text = ` ${wordsOf(heading).join(' ')} `;
  return new Map(
    topics.map((topic) => [
      topic,
      (lists.get(topic) ?? []).reduce((sum, [word, weight]) => (text.includes(` ${word}`) ? sum + weight : sum), 0),
    ]),
  );
}

/** What a short text before a colon, or the head of a column, says that the rest is. */
export type FieldName = keyof typeof fieldWords;

const fieldWords = {
  responsibilities:
    'responsibilities|responsibility|duties|tasks and responsibilities|verantwortlichkeiten|aufgaben|taches|responsabilites|responsabilidades|verantwoordelijkheden|taken|key duties|main duties|job actions|zustandigkeiten|missions|funciones|responsible for|zustandig fur|verantwortlich fur|responsable de|what they do',
  mission:
    'role|mission|purpose|function|rolle|auftrag|aufgabe|zweck|role principal|mision|funcion|doel|objectif|summary|mandat|opdracht|ziel',
  reportsTo:
    'reports to|berichtet an|unterstellt|rend compte a|rattache a|reporta a|depende de|rapporteert aan|supervisor|line manager',
  holder:
    'holder|primary|name|person|assigned to|held by|besetzung|inhaber|titulaire|titular|nom|nombre|naam|main|incumbent|primary holder|lead|wer|filled by|staffed by|besetzt durch|contact|kontakt|stelle|contacto|who|qui|quien|wie',
  deputy:
    'deputy|alternate|backup|stellvertret|stellvertretung|vertretung|suppleant|adjoint|suplente|plaatsvervanger|substitute|second|vertreter|remplacant',
  phone:
    'phone|telephone|tel|mobile|cell|telefon|handy|telefono|movil|telefoon|mobiel|number|nummer|rufnummer|phone number|portable|24 h phone|24/7|duty phone|numero',
  email: 'email|e-mail|mail|courriel|correo|adresse electronique|e mail',
  task: 'task|activity|action|step|measure|what|tache|aufgabe|massnahme|schritt|accion|actividad|tarea|taak|actie|maatregel|to do|todo|description|job action|etape|paso|stap|actions|handlung|tatigkeit',
  code: 'no|nr|code|id|ref|number|#|num|n°|task no|step no|lfd nr|item',
  owner:
    'owner|responsible|responsible role|responsible party|lead|by whom|who|assigned role|accountable|zustandig|verantwortlich|responsable|verantwoordelijke|owner role|assignee|durch|wer|qui|quien|wie|r',
  support:
    'support|supporting|helps|assist|supported by|unterstutzt|unterstutzung|appui|apoyo|ondersteuning|supporting roles|mitwirkung|assists|consulted',
  phase: 'phase|stage|fase|etape|abschnitt|period|operational period|wave|etapa|zeitabschnitt',
  start: 'start|from|begin|beginn|debut|inicio|begin at|ab|starts',
  due: 'due|target|deadline|by|until|end|finish|frist|bis|echeance|delai|plazo|fin|uiterlijk|time|timeframe|time frame|when|window|target time|duration|zeit|wann|quand|cuando|wanneer|due h|target min|zeitfenster|timing|max duration|time target|zeitraum|zeitspanne|period of time|after activation|time after activation|clock|uhrzeit|hora|heure|uhr|tijd',
  dependsOn:
    'depends on|dependency|dependencies|after|predecessor|prerequisite|abhangig von|vorganger|depend de|depende de|afhankelijk van|requires|voraussetzung',
  test: 'completion test|done when|completion criteria|completed when|acceptance|verification|check|evidence|fertig wenn|erledigt wenn|termine quand|critere|hecho cuando|gereed als|how we know|success criteria|exit criteria|nachweis|abnahme',
  role: 'role|position|function|title|rolle|funktion|fonction|poste|rol|cargo|puesto|functie|ics position|job title|team|department|abteilung|bereich|unit',
  group: 'group|section|branch|team|gruppe|groupe|grupo|groep|equipe|equipo|division',
  resource:
    'resource|item|equipment|asset|material|ressource|recurso|middel|mittel|bezeichnung|materiel|what we need|gerat',
  kind: 'kind|type|category|art|categorie|tipo|categoria|soort|kategorie|typ',
  quantity: 'quantity|qty|amount|count|menge|anzahl|quantite|cantidad|aantal|number needed|stuck',
  cost: 'cost|price|budget|kosten|cout|coste|costo|prijs',
  source:
    'source|supplier|vendor|from where|lieferant|quelle|bezug|fournisseur|proveedor|leverancier|provider|where|location|standort|lieu',
  system: 'system|application|service|anwendung|systeme|sistema|dienst|applicatie|it service',
  rto: 'rto|recovery time|recovery time objective|wiederanlaufzeit|dmia',
  rpo: 'rpo|recovery point|recovery point objective|pdma',
  organisation: 'organisation|organization|company|firma|societe|empresa|organisatie|agency|bedrijf|entity|employer',
  milestone: 'milestone|checkpoint|meilenstein|jalon|hito|mijlpaal',
  channel: 'channel|channels|means|kanal|canal|kanaal|medium|method|via|tool',
  audience:
    'audience|to whom|recipients|zielgruppe|public|destinataires|publico|doelgroep|empfanger|target group|stakeholder|stakeholders',
  responsible: 'accountable|a',
} as const;

const fieldLists = new Map(Object.entries(fieldWords).map(([name, each]) => [name as FieldName, each.split('|')]));

/** Columns that are called by a question. */
const askedFor: readonly (readonly [begin: string, field: FieldName])[] = [
  ['who sees', 'owner'],
  ['who does', 'owner'],
  ['by whom', 'owner'],
  ['what must', 'task'],
  ['what to', 'task'],
  ['what has', 'task'],
  ['ready by', 'due'],
  ['done by', 'due'],
  ['how long', 'due'],
  ['by when', 'due'],
];
const leastSure = 99;

/** Every field that these words name, and how surely: 0 is the surest. */
export function fieldsNamed(name: string): ReadonlyMap<FieldName, number> {
  const text = fold(name)
    .replace(/\([^)]*\)/g, '')
    .replace(/[.:/?*_-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const asked = askedFor.find(([begin]) => text.startsWith(begin))?.[1];
  if (asked !== undefined && text.split(' ').length <= 6) return new Map([[asked, leastSure]]);
  return new Map(
    [...fieldLists].flatMap(([field, names]) => {
      const rank = names.findIndex((each) => each === text || each === text.replace(/s$/, ''));
      return rank < 0 ? [] : [[field, rank] as const];
    }),
  );
}

const densities: Readonly<Partial<Record<Topic, RegExp>>> = {
  communication:
    /\b(?:e-?mails?|website|social media|press|media|journalist|notif\w+|inform\w*|stakeholders?|customers?|updates?|messages?|slack|teams|channel\w*|statement|announce\w*|hotline|presse|medien|kunden|mitarbeit\w+|medias?|clients?|salaries|prensa|clientes|empleados|klanten|medewerkers|pers)\b/g,
  resources:
    /\b(?:servers?|backups?|storage|network|laptops?|generators?|budget|funds?|money|cash|equipment|supplies|licen[cs]es?|staff|contractors?|vehicles?|rooms?|pumps?|radios?|batter\w+|fuel|spare|hardware|software|agents?|professionals|beds?|notstrom\w*|ersatz\w+|fahrzeug\w*|materiel|vehicules?|groupe electrogene|generador\w*|servidor\w*)\b/g,
};

/** How many words of a topic a text has for each hundred. */
export function density(topic: Topic, text: string): number {
  const folded = fold(text);
  const many = wordsOf(folded).length;
  const form = densities[topic];
  return form === undefined || many === 0 ? 0 : (100 * (folded.match(form)?.length ?? 0)) / many;
}

/** Which of three a communication procedure is; null where its words don't say. */
export function procedureKind(text: string): 'internal' | 'external' | 'media' | null {
  const folded = fold(text);
  if (/\b(?:media|press|public relations|presse|medien|medias|prensa|medios|pers|journalist)/.test(folded))
    return 'media';
  if (
    /\b(?:extern|customer|client|stakeholder|public|kunden|regulator|supplier|vendor|klanten|patients|famil|authorit|behord|autorit)/.test(
      folded,
    )
  )
    return 'external';
  if (
    /\b(?:intern|staff|team|employee|mitarbeit|salari|emplead|personal|personnel|medewerker|coordination)/.test(folded)
  )
    return 'internal';
  return null;
}

/** Which of three a resource is; null where its words don't say. */
export function resourceKind(text: string): 'technical' | 'human' | 'financial' | null {
  const folded = fold(text);
  if (
    /\b(?:financ|budget|fund|money|cash|cost|insur|finanz|geld|versicher|argent|credit|dinero|presupuesto|financi|economic|poliza|fondo|purchase|petty|float)/.test(
      folded,
    )
  )
    return 'financial';
  if (
    /\b(?:human|staff|people|personnel|person|team|professional|agent|engineer|nurse|contractor|menschl|personal|mitarbeit|humain|humano|menselijk|specialist|volunteer|expert|consultant|technician|electrician|guard|driver)/.test(
      folded,
    )
  )
    return 'human';
  if (
    /\b(?:techn|server|system|hardware|software|network|backup|equipment|material|it |infrastruct|generator|pump|laptop|radio|tool|storage|cloud|vehicle|fuel|kit|phone|router|switch|licen|geraet|gerat|technisch|mezz|spare|line|room|site|battery|torch|tape)/.test(
      folded,
    )
  )
    return 'technical';
  return null;
}

const kindNames =
  /^(?:technical|technology|human|financial|finance|money|funds|people|staff|personnel|equipment|material|technische?|personelle?|menschliche?|finanzielle?|personal|techniques?|humains?|humaines?|financiers?|financieres?|tecnicos?|humanos?|financieros?|menselijke?|financiele?)(?: (?:resources?|ressourcen|mittel|recursos|moyens|ressources|middelen|means|needs))?$|^(?:resources?|ressources|moyens|recursos|medios|mittel) (?:technical|human|financial|techniques?|humaine?s|financie\w+|tecnicos?|humanos?|financieros?)$/;

/** Whether it is the name of a kind of resources and of nothing else. */
export function isKindName(name: string): boolean {
  return kindNames.test(fold(name).replace(/:$/, ''));
}

const verbs = new Set(
  (
    'activate assess notify restore recover ensure continue implement test document evaluate update confirm check verify isolate disconnect shut stop start open close call inform brief send publish move evacuate secure collect record log review approve declare assign brief prepare set bring switch fail failover rebuild reimage reset rotate block contain eradicate identify establish review hold obtain order provide keep report escalate coordinate monitor maintain act address handle lead manage communicate help oversee support release arrange deploy inspect drain pump photograph remove return resume hand run transfer validate invoke convene request track take write make get find ask tell determine decide appoint count list place put replace repair reconnect power scan search meet plan train use designate work have post issue draft draw distribute account direct organise organize supervise advise liaise gather screen triage discharge cancel post relocate raise unplug disconnect disable enable photograph preserve enter hold ring carry freeze build reset scan watch tell sit measure set stay keep prepare agree fetch bring empty clean dry wash warn lock unlock mark name note pick pull push read reach return select separate sort stand step support switch try turn unload load wait write lift lower ' +
    'informieren prufen alarmieren aktivieren sichern starten stoppen melden dokumentieren herstellen bewerten uberwachen abschalten evakuieren ' +
    'activer alerter informer verifier isoler evaluer restaurer couper tester documenter mettre prevenir ouvrir convoquer declencher assurer rediger ' +
    'activar avisar informar comprobar aislar evaluar restaurar cortar probar documentar asegurar convocar ' +
    'activeer meld controleer isoleer herstel informeer evacueer sluit open bel'
  ).split(' '),
);

/** Whether a text begins as an instruction does. */
export function isInstruction(text: string): boolean {
  const [first = ''] = wordsOf(text);
  return verbs.has(first);
}

/** Whether a text begins as a description of what a role does: `Leads the …`. */
export function isDescription(text: string): boolean {
  const [first = ''] = wordsOf(text);
  return (
    verbs.has(first.replace(/ies$/, 'y').replace(/s$/, '')) || verbs.has(first.replace(/es$/, '')) || verbs.has(first)
  );
}
