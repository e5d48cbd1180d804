import type { FlagCategory } from './category.ts'

/** Religious and philosophical beliefs, none included. Church tax shows membership (BFH, § 39e EStG). */
export const religion: FlagCategory = {
  id: 'religion',
  says: `
konfessionslos, Kirchensteuermerkmal, Kirchensteuer wird, Kirchensteuer abgezogen, Kirchensteuerabzug von, Kirchenaustritt von, aus der Kirche ausgetreten
Zeuge Jehovas, Zeugin Jehovas, bekennender Christ, bekennende Christin, gläubiger Muslim, gläubige Muslimin, praktizierender Katholik
praktizierende Katholikin, ist Muslim, ist Muslimin, ist Moslem, ist Jude, ist Jüdin, ist Katholik, ist Katholikin, ist Protestant, ist Protestantin
ist Christ, ist Christin, ist Buddhist, ist Buddhistin, ist Hindu, ist Atheist, ist Atheistin, ist evangelisch, ist katholisch, bin evangelisch
bin katholisch, bin Muslim, bin Muslimin, bin Atheist, bin Atheistin, bin Jude, bin Jüdin, ist muslimisch, ist jüdisch, bin getauft, wurde getauft
zum Islam konvertiert, zum Christentum konvertiert, zum Judentum konvertiert
is Muslim, is a Muslim, am Muslim, i'm Muslim, is Jewish, am Jewish, i'm Jewish, is Catholic, is a Catholic, am Catholic, i'm Catholic, is a Christian
is Christian, i'm Christian, am a Christian, is a Buddhist, is Buddhist, is Hindu, is a Hindu, is Sikh, is a Sikh, is an atheist, am an atheist
i'm an atheist, i'm agnostic, am agnostic, is agnostic, is a Mormon, is Mormon, is a Jehovah's Witness, was raised Baptist, was raised Catholic
born-again Christian, devout Muslim, devout Catholic, devout Christian, converted to Islam, converted to Christianity, converted to Judaism
left the church, practising Catholic, practicing Catholic, practising Muslim, practicing Muslim
`,
  topics: `
römisch-katholisch, evangelisch, evangelisch-lutherisch, katholisch, muslimisch, jüdisch, jüdischen Glaubens, muslimischen Glaubens, orthodox
buddhistisch, hinduistisch, alevitisch, Muslim, Muslimin, Moslem, Moslemin, Jude, Jüdin, Katholik, Katholikin, Protestant, Protestantin
Buddhist, Buddhistin, Hindu, Atheist, Atheistin, Agnostiker, Agnostikerin, Alevit, Alevitin, Jesidin, Jeside, Mormone, Mormonin, Sikh
Kirchensteuer, Kirchenaustritt, Kopftuch, Gebetsraum, Ramadan, fastet, Jom Kippur, Schabbat, Konfirmation, Kommunion, getauft
Roman Catholic, Catholic, Protestant, Muslim, Jewish, Baptist, Methodist, Lutheran, Anglican, Buddhist, Mormon, Jehovah's Witness, atheist
agnostic, hijab, prayer room, Ramadan, Yom Kippur, Shabbat, baptised, baptized, Hindu, Diwali
`,
  weak: 'Taufe, Kirche, Moschee, Synagoge, Gemeinde, beten, church, mosque, synagogue, pray, Islam, Christentum, Judentum, Christianity, Judaism',
  relations: `
Konfession:, Konfession, Religion:, Religionszugehörigkeit, Glaubensbekenntnis:, gehört zur, gehöre keiner, Mitglied der, Mitglied einer, konvertiert
bekennt sich, glaubt an, betet, religion:, religious affiliation:, faith:, belongs to, member of, don't belong, converted, prays, believes in, observes
`,
  source: 'Art. 9(1) GDPR; § 39e(2) EStG (church tax characteristic)'
}
