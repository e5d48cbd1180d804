/** Texts with slots as in `templates.ts`, in Romance languages. */
export const romanceTexts = {
  fr: `
Madame {1s},

Nous accusons réception de votre courrier du {D} concernant votre {W}. Monsieur {2s}, de notre agence de {L}, prendra contact avec vous.

Veuillez agréer, Madame, l'expression de nos salutations distinguées.
{3}
{O}
---
Bonjour {1g},
est-ce que tu peux appeler {2} pour la {W} ? {2g} est au courant. Merci et à demain
{3g}
---
De : {1} <{1e}>
À : {2} <{2e}>
Objet : {W}

Cher Monsieur {2s}, comme {3} l'a écrit, il nous faut la {W} avant le {D}. Cordialement, {1}
---
Patient : {1r}, né le {D}. Le docteur {2} a examiné {1} à {L}. M. {1s} se plaint de {W}. Adressé au Dr {3s}.
---
Hier {1} a téléphoné parce que {2} n'a pas reçu la {W}. Selon {3s}, c'est la faute de {O}. {1s} rappellera demain.
---
Le contrat est conclu entre {O}, représentée par {1}, et {2}, demeurant à {L}. Mme {2s} s'engage à payer la {W}.
---
salut je m'appelle {1g} {1s} et j'ai besoin d'aide pour ma {W}, mon chef {2} dit que {3g} s'en occupe
---
Le requérant, M. {1}, est né en {N} et réside à {L}. Il est représenté par Me {2}, avocat. Le président {3s} a déclaré que la {W} est tardive.
---
Nom : {1}
Ville : {L}
Société : {O}
Remarque : voir avec {2g} {2s}
---
Les conditions générales de vente s'appliquent à toute {W}. Le client peut résilier la {W} dans les trente jours. Comment écrire une lettre de {W} ? Les Français et les Allemands aiment la {W}. Jeudi et vendredi, le bureau est fermé.
---
Nom;Ville;Montant
{1};{L};{N}
{2};{L};{N}`,
  es: `
Estimada Sra. {1s}:

Le agradecemos su carta del {D} sobre la {W}. El señor {2s}, de nuestra oficina de {L}, se pondrá en contacto con usted.

Atentamente,
{3}
{O}
---
Hola {1g}, ¿puedes llamar a {2} por la {W}? {2g} ya lo sabe. Gracias y un saludo, {3g}
---
De: {1} <{1e}>
Para: {2} <{2e}>
Asunto: {W}

Hola {2g}: como dijo {3}, necesitamos la {W} antes del {D}. Saludos, {1g}
---
Paciente: {1}. Médico: {2}. Nombre: {1g}. Apellidos: {1s}. Don {1} acude por {W} y vive en {L}. Remitido por: Dra. {3}, {O}.
---
Ayer llamó {1} porque {2} no recibió la {W}. Según {3s}, es culpa de {O}. {1s} llamará mañana.
---
El contrato se firma entre {O}, representada por don {1}, y doña {2}, con domicilio en {L}. La señora {2s} pagará la {W}.
---
hola me llamo {1g} {1s} y necesito ayuda con mi {W}, mi jefe {2} dice que {3g} se encarga
---
El ministro {1} se reunió con {2} en {L}. "{3s} es un buen candidato", dijo {1s} el {D}.
---
Nombre: {1}
Ciudad: {L}
Empresa: {O}
Nota: preguntar a {2g}
---
Las condiciones generales se aplican a toda {W}. El cliente puede cancelar la {W} en treinta días. ¿Cómo escribir una carta de {W}? Los españoles y los alemanes prefieren la {W}. El jueves la oficina está cerrada.
---
Nombre;Ciudad;Importe
{1};{L};{N}
{2};{L};{N}`,
  it: `
Gentile Signora {1s},

La ringraziamo per la Sua lettera del {D} riguardo alla {W}. Il signor {2s} della nostra sede di {L} La contatterà.

Cordiali saluti
{3}
{O}
---
Ciao {1g}, puoi chiamare {2} per la {W}? {2g} sa già tutto. Grazie e a domani, {3g}
---
Da: {1} <{1e}>
A: {2} <{2e}>
Oggetto: {W}

Egregio dottor {2s}, come ha scritto {3}, ci serve la {W} entro il {D}. Distinti saluti, {1}
---
Paziente: {1r}, nato il {D}. Il dott. {2} ha visitato {1} a {L}. La signora {1s} lamenta {W}. Medico curante: dott.ssa {3}.
---
Ieri ha telefonato {1} perché {2} non ha ricevuto la {W}. Secondo {3s} la colpa è di {O}. {1s} richiamerà domani.
---
Il contratto è stipulato tra {O}, rappresentata da {1}, e {2}, residente a {L}. Il sig. {2s} pagherà la {W}.
---
ciao mi chiamo {1g} {1s} e ho bisogno di aiuto con la mia {W}, il mio capo {2} dice che se ne occupa {3g}
---
Il ministro {1} ha incontrato {2} a {L}. «{3s} è un buon candidato», ha detto {1s} il {D}.
---
L'avvocato {1} difende {2}, imputato a {L}. Il giudice {3s} ha rinviato l'udienza al {D}. Secondo {2s}, la {W} è falsa.
---
Nome: {1}
Città: {L}
Azienda: {O}
Nota: sentire {2g} {2s}
---
Le condizioni generali si applicano a ogni {W}. Il cliente può disdire la {W} entro trenta giorni. Come si scrive una lettera di {W}? Gli italiani e i tedeschi preferiscono la {W}. Giovedì l'ufficio è chiuso.
---
Nome;Città;Importo
{1};{L};{N}
{2};{L};{N}`,
  pt: `
Exma. Senhora {1s},

Agradecemos a sua carta de {D} sobre a {W}. O senhor {2s}, do nosso escritório em {L}, entrará em contacto consigo.

Com os melhores cumprimentos,
{3}
{O}
---
Olá {1g}, podes ligar a {2} por causa da {W}? {2g} já sabe. Obrigado e um abraço, {3g}
---
De: {1} <{1e}>
Para: {2} <{2e}>
Assunto: {W}

Prezado {2g}, como disse {3}, precisamos da {W} até {D}. Atenciosamente, {1}
---
Paciente: {1}, nascido em {D}. O Dr. {2} examinou {1} em {L}. A senhora {1s} queixa-se de {W}. Médica: Dra. {3}.
---
Ontem telefonou {1} porque {2} não recebeu a {W}. Segundo {3s}, a culpa é de {O}. {1s} vai ligar amanhã.
---
O contrato é celebrado entre {O}, representada por {1}, e {2}, residente em {L}. O sr. {2s} pagará a {W}.
---
oi eu sou {1g} {1s} e preciso de ajuda com a minha {W}, meu chefe {2} diz que {3g} cuida disso
---
O ministro {1} reuniu-se com {2} em {L}. «{3s} é um bom candidato», disse {1s} em {D}.
---
Nome: {1}
Cidade: {L}
Empresa: {O}
Observação: falar com {2g} {2s}
---
As condições gerais aplicam-se a toda a {W}. O cliente pode cancelar a {W} em trinta dias. Como escrever uma carta de {W}? Os portugueses e os alemães preferem a {W}. Na quinta-feira o escritório está fechado.
---
Nome;Cidade;Valor
{1};{L};{N}
{2};{L};{N}`,
  ro: `
Stimată doamnă {1s},

vă mulțumim pentru scrisoarea din {D} despre {W}. Domnul {2s} de la biroul nostru din {L} vă va contacta.

Cu stimă,
{3}
{O}
---
Bună {1g}, poți să o suni pe {2} pentru {W}? {2g} știe deja. Mulțumesc și salutări, {3g}
---
De la: {1} <{1e}>
Către: {2} <{2e}>
Subiect: {W}

Bună ziua, cum a scris {3}, avem nevoie de {W} până la {D}. Cu stimă, {1}
---
Ieri a sunat {1} pentru că {2} nu a primit {W}. După {3s}, este vina firmei {O}. {1s} va suna mâine.
---
bună mă numesc {1g} {1s} și am nevoie de ajutor cu {W}, șeful meu {2} spune că {3g} se ocupă`
}
