import type { FlagCategory } from './category.ts'

/** Data concerning health: past, present and future, physical and mental (recital 35). */
export const health: FlagCategory = {
  id: 'health',
  says: `
HIV-positiv, HIV positiv, schwerbehindert, schwerbehinderte, schwerbehinderter, Schwerbehindertenausweis von, krankgeschrieben, krank geschrieben
krankgemeldet, arbeitsunfähig, Arbeitsunfähigkeitsbescheinigung von, dienstunfähig, erwerbsunfähig, alkoholabhängig, alkoholkrank
drogenabhängig, suchtkrank, spielsüchtig, magersüchtig, suizidal, Suizidgedanken, Suizidversuch, Selbstmordversuch, Dialysepatient
Dialysepatientin, Krebspatient, Krebspatientin, Palliativpatient, Palliativpatientin, Diabetiker, Diabetikerin, Epileptiker, Epileptikerin
Asthmatiker, Asthmatikerin, Autist, Autistin, Alkoholiker, Alkoholikerin, querschnittsgelähmt, bettlägerig, pflegebedürftig, Grad der Behinderung
GdB von, Merkzeichen G, Merkzeichen aG, Merkzeichen H, in stationärer Behandlung, in psychiatrischer Behandlung
unserer stationären Behandlung, stationären Behandlung befand, unserer stat. Behandlung, zur stationären Behandlung aufgenommen
gemeinsamen Patienten, gemeinsame Patientin, o.g. Patienten, o.g. Patientin, o. g. Patienten, o. g. Patientin, Patient kommt, Patientin kommt
in psychotherapeutischer Behandlung, in ärztlicher Behandlung, fehlgeburt erlitten, erlitt einen Schlaganfall, erlitt einen Herzinfarkt
positiv auf Corona, positiv auf COVID*, positiv auf HIV, ist schwanger, bin schwanger, Monat schwanger, Woche schwanger, Schwangerschaftswoche
HIV positive, on sick leave, off sick, called in sick, signed off work, unfit for work, on dialysis, recovering alcoholic, is an alcoholic
heroin addict, drug addict, cocaine addict, suicidal thoughts, suicidal ideation, suicide attempt, attempted suicide, wheelchair user
in a wheelchair, is pregnant, i'm pregnant, months pregnant, weeks pregnant, am pregnant, had a miscarriage, tested positive for
diagnosed with cancer, was diagnosed with, been diagnosed with, I was diagnosed, is autistic, i'm autistic, am autistic, is diabetic, i'm diabetic
is epileptic, is bipolar, i'm bipolar, terminally ill, chronically ill, mentally ill, on disability, registered disabled, medical history includes
past medical history, on antidepressants, history of depression
`,
  topics: `
Depression, Depressionen, depressiv, depressive, depressiven, depressiver, Angststörung, Panikattacke*, Zwangsstörung, Essstörung*, Borderline*
Schizophreni*, bipolare Störung, Psychose, Psychosen, posttraumatisch*, PTBS, Burnout, Burn-out, ADHS, ADS-Diagnose, Autismus*, Asperger
Magersucht, Bulimie, Suizid*, Selbstmordgedanken, Alkoholsucht, Alkoholabhängigkeit, Drogensucht, Suchterkrankung, Entzugsklinik, Entziehungskur
Diabetes, Hypertonie, Bluthochdruck, Herzinfarkt, Schlaganfall, Herzinsuffizienz, Vorhofflimmern, Angina pectoris, Thrombose, Lungenembolie
Asthma, COPD, Lungenentzündung, Tuberkulose, Krebs, Krebserkrankung, Brustkrebs, Lungenkrebs, Darmkrebs, Prostatakrebs, Hautkrebs
Bauchspeicheldrüsenkrebs, Gebärmutterhalskrebs, Blutkrebs, Leukämie, Lymphom, Melanom, Tumor, Tumore, Hirntumor, Karzinom*, Mammakarzinom
Bronchialkarzinom, Metastasen, Chemotherapie, Strahlentherapie, Biopsie, Multiple Sklerose, Multipler Sklerose, Parkinson, Alzheimer, Demenz
dement, demente, Epilepsie, Migräne, Rheuma, Arthrose, Arthritis, Osteoporose, Bandscheibenvorfall, Fibromyalgie, Morbus Crohn, Morbus Bechterew
Colitis ulcerosa, Zöliakie, Reizdarm, Gastritis, Magengeschwür, Leberzirrhose, Hepatitis, Niereninsuffizienz, Dialyse, Nierenversagen, HIV
AIDS, Syphilis, Chlamydien, Gonorrhoe, Herpes, Corona-Infektion, COVID-Infektion, Long Covid, Sepsis, Allergie, allergisch, Nussallergie
Laktoseintoleranz, Neurodermitis, Psoriasis, Schuppenflechte, Schilddrüsenunterfunktion, Hashimoto, Fehlgeburt, Abtreibung
Schwangerschaftsabbruch, Schwangerschaft, schwanger, schwangere, künstliche Befruchtung, Unfruchtbarkeit, Erektionsstörung*, Wechseljahre
Inkontinenz, Rollstuhl, Prothese, Gehbehinderung, Sehbehinderung, Behinderung, gehörlos, Psychotherapie, Psychotherapeut*, Psychiatrie, Psychiater
Psychiaterin, Antidepressiva, Citalopram, Escitalopram, Sertralin, Fluoxetin, Venlafaxin, Mirtazapin, Quetiapin, Olanzapin, Risperidon, Lithium
Lorazepam, Diazepam, Tavor, Methadon, Ritalin, Methylphenidat, Medikinet, Insulin, Metformin, Ramipril, Metoprolol, Bisoprolol, Marcumar
Xarelto, Eliquis, Cortison, Prednisolon, Morphin, Fentanyl, Tilidin, Bluttransfusion, Operation am, Hüft-OP, Knie-OP, Reha, Rehaklinik, Kur
Kopfschmerzen, Übelkeit, Rückenschmerzen, Bauchschmerzen, Fieber, Durchfall, Erbrechen, Schwindel, Atemnot, krank, erkrankt, erkrankte
Krankenhausaufenthalt, Krankschreibung, Krankmeldung, Arbeitsunfähigkeit, Arbeitsunfähigkeitsbescheinigung, Schwerbehindertenausweis
Schwerbehinderung, Pflegegrad, Mutterschutz, Anamnese, Befund, Arztbrief, Entlassungsbrief, Meniskus*, Kreuzbandriss, Kreuzbandruptur, Fraktur, Ruptur, Resektion, Histologie, Anämie, Transfusion, Peritonitis
Koloskopie, Gastroskopie, Thromboseprophylaxe, Heparin, Interferon*, Glaukom, Katarakt, Netzhautablösung, Stenose, postoperativ*, Metastase, Ödem
Arrhythmie, Stent, Bypass, Herzschrittmacher, Hernie, Appendizitis, Pneumonie, Klinikum eingeliefert, Laborwerte, Blutwerte
depression, depressed, anxiety disorder, panic attacks, panic disorder, obsessive-compulsive disorder, eating disorder, schizophrenia
bipolar disorder, psychosis, PTSD, burnout, ADHD, autism, autistic, anorexia, bulimia, alcoholism, alcoholic, addiction, rehab, diabetes
hypertension, high blood pressure, heart attack, stroke, heart failure, atrial fibrillation, thrombosis, pulmonary embolism, asthma
pneumonia, tuberculosis, cancer, breast cancer, lung cancer, prostate cancer, leukemia, leukaemia, lymphoma, melanoma, tumor, tumour
carcinoma, metastases, chemotherapy, chemo, radiotherapy, biopsy, multiple sclerosis, Parkinson's, Alzheimer's, dementia, epilepsy, epileptic
migraine, migraines, rheumatism, arthritis, osteoporosis, herniated disc, fibromyalgia, Crohn's disease, ulcerative colitis, celiac disease
coeliac disease, cirrhosis, hepatitis, kidney disease, kidney failure, dialysis, syphilis, chlamydia, gonorrhea, herpes, COVID, long covid
sepsis, allergic to, allergy, lactose intolerant, eczema, psoriasis, underactive thyroid, miscarriage, abortion, pregnant, pregnancy, IVF
infertility, erectile dysfunction, menopause, incontinence, wheelchair, prosthesis, disability, deaf, hearing loss, psychotherapy
psychiatrist, psychiatric ward, antidepressants, antidepressant, citalopram, escitalopram, sertraline, fluoxetine, venlafaxine, mirtazapine
quetiapine, olanzapine, risperidone, lorazepam, diazepam, xanax, prozac, zoloft, methadone, ritalin, adderall, insulin, metformin, lisinopril
warfarin, oxycodone, fentanyl, blood transfusion, knee replacement, hip replacement, surgery, headaches, nausea, back pain, fever, dizziness
shortness of breath, sick leave, doctor's note, maternity leave, medical history, trisomy 21, Trisomie 21, Down syndrome, Down-Syndrom
cystic fibrosis, Mukoviszidose, Chorea Huntington, Huntington's disease
`,
  weak: `
Klinik, Klinikum, Krankenhaus, Therapie, Diagnose, Schmerzen, Verletzung, Arzttermin, hospital, clinic, therapy, pain, injury, surgeon, sick, ill
Medikament, Medikamente, medication, symptoms, Symptome, therapist
`,
  relations: `
leidet an, leide an, leidet unter, leide unter, leidet seit, litt an, erkrankt an, erkrankte an, erkrankt ist, Diagnose:, Diagnosen:
Diagnose laut, Z. n., Zustand nach, Verdacht auf, V. a., diagnostiziert, festgestellt, klagt über, klagte über, berichtet über, verstorben an
eingeliefert, stationär, in Behandlung, Behandlung seit, behandelt wegen, operiert, wird behandelt, nimmt täglich, nehme täglich, mg, ICD-10, ICD
Anamnese:, Befund:, Medikation:, Vorerkrankung*, Vorerkrankungen:, Allergien:, Aufnahme wegen, wegen einer, wegen ihrer, wegen seiner, aufgrund meiner
aufgrund ihrer, aufgrund seiner, stellt sich vor, hatte einen, hatte eine, hat sich bis, seit gestern
suffers from, suffering from, suffered from, suffered a, complains of, diagnosed with, diagnosis:, diagnosis of, Dx:, treated for, hospitalized
hospitalised, admitted with, admitted to, presents with, presented with, history of, prescribed, medication:, medications:, allergies:, on leave for
because of his, because of her, due to my, died of, survived, tested positive, underwent, takes, comorbidities, chief complaint
`,
  source: 'Art. 9(1), Art. 4(15) and recital 35 GDPR'
}
