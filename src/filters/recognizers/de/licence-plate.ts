import type { Recognizer } from '../../recognizer.ts'
import { BLANK, is, isDash, LETTER, UPPER } from '../../scanner/chars.ts'
import type { Cluster } from '../../scanner/cluster.ts'
import { endsHere } from '../../scanner/forms.ts'
import type { Scan } from '../../scanner/scan.ts'
import { wordList } from '../word-list.ts'

/** Unterscheidungszeichen of districts, today's and those still in use. */
const districts = wordList(`
A AA AB ABG ABI AC AE AH AIB AIC AK ALF ALZ AM AN ANA ANG ANK AÖ AP APD ARN ART AS ASL ASZ AT AU AUR AW AZ AZE B BA BAD BAR BB BBG BBL BC BCH BD
BE BED BER BF BGD BGL BH BI BID BIN BIR BIT BIW BK BKS BL BLB BLK BM BN BNA BO BÖ BOG BOH BOR BOT BP BRA BRB BRG BRK BRL BRV BS BSB BSK BT BTF BÜD
BÜS BÜZ BW BWL BYL BZ BZA C CA CAS CB CE CHA CLP CLZ CO COC COE CR CUX CW D DA DAH DAN DAU DB DBR DD DE DEG DEL DGF DH DI DIL DIN DIZ DKB DL DLG DM DN
DO DON DS DU DUD DÜW DW DZ E EA EB EBE EBN EBS ECK ED EE EF EG EH EI EIC EIL EIN EIS EL EM EMD EMS EN ER ERB ERH ERK ERZ ES ESB ESW EU EUT EW F FB FD
FDB FDS FEU FF FFB FG FH FI FKB FL FLÖ FN FO FOR FR FRG FRI FRW FS FT FTL FÜ FÜS FW FZ G GA GAN GAP GC GD GDB GE GEL GEM GEO GER GF GG GHA GHC GI GK
GL GLA GM GMN GN GNT GÖ GOA GOH GP GR GRA GRH GRI GRM GRZ GS GT GTH GÜ GUB GUN GV GVM GW GZ H HA HAB HAL HAM HAS HB HBN HBS HC HCH HD HDH HDL HE HEB
HEF HEI HEL HER HET HF HG HGN HGW HH HHM HI HIG HIP HK HL HM HMÜ HN HO HOG HOH HOL HOM HOR HÖS HOT HP HR HRO HS HSK HST HU HUS HV HVL HW HWI HX HY HZ
IGB IK IL ILL IN IS IZ J JE JEV JL JÜL K KA KB KC KE KEH KEL KEM KF KG KH KI KIB KK KL KLE KLZ KM KN KO KÖN KÖT KÖZ KR KRU KS KT KU KÜN KUS KW KY KYF
L LA LAN LAU LB LBS LBZ LC LD LDK LDS LEO LER LEV LF LG LH LI LIB LIF LIN LIP LL LM LN LÖ LÖB LOS LP LR LRO LSA LSN LSZ LU LÜN LUP LWL M MA MAB MAI MAK
MAL MAR MB MC MD ME MED MEG MEI MEK MEL MER MET MG MGH MGN MH MHL MI MIL MK ML MM MN MO MOD MOL MON MOS MQ MR MS MSE MSH MSP MST MTK MTL MÜ MÜB MÜL MÜR
MVL MW MY MYK MZ MZG N NAB NAI NAU NB ND NDH NE NEA NEB NEC NEN NES NEU NEW NF NH NI NK NL NM NMB NMS NÖ NOH NOL NOM NOR NP NR NRW NRÜ NT NU NW NWM NY NZ
OA OAL OB OBB OBG OC OCH OD OE OF OG OH OHA ÖHR OHV OHZ OK OL OP OPR OR OS OSL OTW OVI OVL OVP OZ P PA PAF PAN PAR PB PCH PE PEG PF PI PIR PL PLÖ PM PN
PR PRÜ PS PW PZ QFT QLB R RA RC RD RDG RE REG REH REI RG RH RI RID RIE RL RM RN RO ROD ROF ROK ROL ROS ROT ROW RP RPL RS RSL RT RU RÜD RÜG RV RW RY RZ S
SAB SAD SAL SAN SAW SB SBG SBK SC SCZ SDH SDL SDT SE SEB SEE SEF SEL SFB SFT SG SGH SH SHA SHG SHK SHL SI SIG SIM SK SL SLE SLF SLK SLN SLS SLÜ SLZ SM SN
SO SOB SOG SOK SÖM SON SP SPB SPN SR SRB SRO ST STA STB STD STE STL STO SU SUL SÜW SW SWA SY SZ SZB TBB TDO TE TET TF TG THL THW TIR TO TÖL TP TR TS TT TÜ
TUT UE UEM UER UFF UH UL UM UN USI V VAI VB VEC VER VG VIB VIE VIT VK VOH VR VS W WA WAF WAK WAN WAR WAT WB WBS WDA WE WEL WEN WER WES WF WG WHV WI WIL
WIS WIT WIZ WK WL WLG WM WMS WN WND WO WOB WOH WOL WOR WOS WR WRN WS WSF WST WSW WT WTL WTM WÜ WUG WÜM WUN WUR WW WZ WZL Z ZE ZEL ZI ZIG ZP ZR ZS ZW ZZ
`)

/** Kfz-Kennzeichen: district, one or two letters, up to four digits, E or H for electric and historic cars. */
export const deLicencePlate: Recognizer = {
  id: 'de-licence-plate',
  types: ['DE_LICENCE_PLATE'],
  countries: ['DE'],
  context: [
    'Kennzeichen',
    'Kfz',
    'Kfz-Kennzeichen',
    'amtliches Kennzeichen',
    'Autokennzeichen',
    'Fahrzeug',
    'PKW',
    'LKW',
    'Nummernschild',
    'Auto',
    'Wagen',
    'license plate',
    'licence plate',
    'number plate',
    'plate',
    'Halter',
    'zugelassen',
    'Fahrer',
    'Motorrad',
    'Anhänger',
    'Zulassung'
  ],
  numberStart: 'letter',
  number: recognize,
  examples: {
    match: [
      { text: 'Das Fahrzeug mit Kennzeichen B AB 1234 wurde gesehen.', found: 'B AB 1234' },
      { text: 'PKW M-XY 987', found: 'M-XY 987' },
      'HH-AB-1234',
      'KA EF 12H',
      { text: 'Kennzeichen: MIL EF 1234E', found: 'MIL EF 1234E' },
      'b ab 1234'
    ],
    noMatch: [
      'BAB1234',
      'B 1234',
      'BXYZ AB 1234',
      'Kennzeichen QQ AB 1234',
      'Norm DIN EN 1234 gilt',
      'Version M XY 0123'
    ]
  },
  source: 'FZV § 9, Anlage 1 (Unterscheidungszeichen); Kraftfahrt-Bundesamt'
}

function recognize(scan: Scan, cluster: Cluster): void {
  const { text } = scan
  const letters = leadingLetters(cluster)
  if (letters < 1 || letters > 2) return
  const end = plateEnd(cluster, letters)
  if (end === 0 || !endsHere(text, end)) return
  const gap = text.charCodeAt(cluster.start - 1)
  if (!is(gap, BLANK) && !isDash(gap)) return
  let start = cluster.start - 1
  while (cluster.start - start < 6 && is(text.charCodeAt(start - 1), LETTER)) start--
  const size = cluster.start - 1 - start
  if (
    size < 1 ||
    size > 3 ||
    is(text.charCodeAt(start - 1), LETTER) ||
    !districts.has(text.slice(start, start + size).toUpperCase())
  )
    return
  const isUpper = is(text.charCodeAt(start), UPPER) && !cluster.hasLower
  const near = scan.contextAround(start, end) > 0
  const isHyphened = !is(gap, BLANK) && isUpper
  if (near) scan.report(start, end, 'DE_LICENCE_PLATE', 0.92)
  else if (isHyphened || scan.isWholeText(start, end)) scan.report(start, end, 'DE_LICENCE_PLATE', 0.65)
}

/** How many letters the cluster begins with. */
function leadingLetters(cluster: Cluster): number {
  let count = 0
  while (count < 4 && (cluster.letters & (1 << count)) !== 0) count++
  return count
}

/** Behind one to four digits, no zero first, and E or H; 0 when the cluster goes on otherwise. */
function plateEnd(cluster: Cluster, letters: number): number {
  const isSplit = cluster.lengths[0] === letters
  const group = isSplit ? 1 : 0
  if (group >= cluster.groups) return 0
  const length = cluster.lengths[group] ?? 0
  const last = cluster.codes[length - 1] ?? 0
  const hasSuffix = last === 0x45 || last === 0x48
  const digits = length - letters - (hasSuffix ? 1 : 0)
  if (digits < 1 || digits > 4 || cluster.codes[letters] === 0x30) return 0
  for (let i = letters; i < letters + digits; i++) if ((cluster.codes[i] ?? 0) > 0x39) return 0
  return cluster.ends[group] ?? 0
}
