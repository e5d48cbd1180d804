/** Common names that are no words of German or English, ASCII only: they survive every encoding. */

export type Language = 'de' | 'en'
type List = readonly [string, ...string[]]

function list(names: string): List {
  const [first = '', ...rest] = names.trim().split(/\s+/)
  return [first, ...rest]
}

export const women: Readonly<Record<Language, List>> = {
  de: list(`Julia Katharina Susanne Claudia Sabine Petra Monika Birgit Stefanie Christina Nicole Melanie Sandra Anja Kerstin
    Heike Andrea Martina Ulrike Silke Tanja Bettina Manuela Cornelia Simone Franziska Theresa Johanna Charlotte Frieda
    Magdalena Veronika Friederike Henriette Dorothea Annika Svenja Carolin Ramona Yvonne Gudrun Ingrid Renate Ursula`),
  en: list(`Jennifer Elizabeth Margaret Deborah Stephanie Rebecca Kathleen Michelle Kimberly Patricia Samantha Katherine
    Catherine Samuella Vanessa Natalie Victoria Jessica Melissa Amanda Rachel Heather Danielle Brittany Gabrielle Bethany
    Caroline Josephine Eleanor Harriet Georgina Philippa Rosalind Beatrice Imogen Matilda Abigail Allison Courtney Lindsey`)
}

export const men: Readonly<Record<Language, List>> = {
  de: list(`Thomas Michael Andreas Stefan Christian Matthias Alexander Sebastian Tobias Florian Benjamin Dominik Johannes
    Ulrich Bernhard Rainer Dieter Juergen Helmut Guenter Manfred Joachim Norbert Reinhard Eberhard Siegfried Gottfried
    Konstantin Valentin Maximilian Leonhard Friedrich Heinrich Wilhelm Torsten Carsten Holger Detlef Volker Hartmut`),
  en: list(`Christopher Matthew Anthony Jonathan Benjamin Nicholas Alexander Gregory Raymond Patrick Zachary Nathan Douglas
    Theodore Frederick Leonard Bernard Clifford Geoffrey Malcolm Desmond Rupert Cedric Alistair Dominic Edmund Reginald
    Bartholomew Sebastian Nathaniel Cameron Brandon Tyler Dustin Kenneth Stephen Timothy Bradley Spencer Vincent`)
}

export const germanSurnames: List =
  list(`Hoffmann Schulze Hartmann Zimmermann Krueger Hofmann Lehmann Schmitz Schulte
  Wegner Behrens Petersen Hansen Jansen Albrecht Seidler Brandtner Gruenwald Kuehnert
  Pohlmann Horstmann Winklmeier Lindemann Steinbach Reinhardt Baumgartner Engelhardt Ziegelmann Kuhlmann
  Wittmann Scherer Ebertz Nowakowski Marquardt Rosenthal Langhans Bruckner Achternbusch Wiesinger Kesselring Hollmann
  Thielemann Rademacher Niermann Osterkamp Buchholz Eggerstedt Feddersen Hagedorn Ingenhoven Jasperneite
  Lautenbach Mertesacker Neuhausen Overbeck Rehbein Sassenberg Tannhaeuser Uhlmann
  Vollmerhaus Wagenknecht Zehnder`)

const englishSurnames: List =
  list(`Anderson Robertson Richardson Henderson Patterson Hutchinson Ferguson Donaldson Jefferson
  Stephenson Thompson Sanderson Wilkinson Robinson Harrison Morrison Simpson Atkinson Dickinson Hodgkinson Parkinson
  Whitaker Fitzgerald Montgomery Cunningham Jennings Cummings Hopkins Watkins Perkins
  Dawkins Jenkins Collingwood Underwood Lockwood Ellsworth Wadsworth Hollingsworth Butterworth Langworth
  Featherstone Whetstone Abernathy Mulholland Strickland Copeland Holloway
  Galloway Hathaway Bradshaw Kershaw Renshaw Crenshaw Osborne Hepburn Winterburn Ashcroft Bancroft
  Holcroft Pemberton Middleton Appleton Singleton`)

export const surnames: Readonly<Record<Language, List>> = { de: germanSurnames, en: englishSurnames }
