/**
 * Little words of languages that names are found in by a model of their own, with words that letters and mails begin and
 * end with. No word of German or English is in here, nor one that is a given name.
 */
export const foreignWords: readonly string[] = [
  `de le la les des du est une un que qui dans pour avec au aux ce cette ces il elle je vous nous ne se par sont pas été être avoir avait
ont ma mes votre vos notre nos leur leurs mais ou où donc très bien merci bonjour bonsoir salut cordialement monsieur madame
mademoiselle mme rue demain hier aujourd chez sous entre depuis aussi lors fait faire peut cet suis avez avons dont selon
après avant comme deux trois jour jours société né née objet veuillez sincères salutations appelle d'une qu'il n'est c'est j'ai`,
  `el los las una en con por para del lo como su sus más pero es está están han fue ser sin sobre entre también muy ya yo
usted ustedes nosotros mis tu gracias hola buenos buenas días tardes saludos atentamente estimado estimada señor señora sr sra
doña calle ayer mañana hoy donde cuando porque desde hasta según años paciente llamo llama nacido nacida que este esta ese esa dijo
después antes dos tres nos les puede hacer tiene tengo correo teléfono asunto cordial`,
  `il lo gli di che è una non sono con della dei delle degli si alla alle dal dalla nel nella sul sulla hanno ti
questo questa quello grazie ciao buongiorno buonasera saluti cordiali gentile egregio signor signora signore dott dottor dottoressa
ieri oggi domani anche dove quando perché molto più stato stata essere fatto suo sua suoi mio loro nostro vostro tra fra
dopo prima presso nato nata chiamo oggetto distinti giorni deve può vorrei del nella abbiamo`,
  `het een en niet dat te zijn voor aan ook maar ik wij je jij bij naar deze dit hij zij ze hun uw ons onze heeft hebben had
wordt worden werd als om uit nog wel geen kan kunt moet zal zou bedankt hallo goedemorgen geachte mevrouw meneer dhr mw
vriendelijke groet groeten gisteren vandaag morgen straat waar wanneer omdat sinds volgens tussen zonder jaar heet geboren
onderwerp graag alvast jouw mijn zijn`,
  `i w na z do się nie to jest że jak za od przez po dla oraz o ale czy są był była było być ma mam już tylko jego jej ich nasz nasza
pan pani panu panią panem pana państwo szanowny szanowna szanowni dzień dobry cześć witam dziękuję pozdrawiam poważaniem wyrazami ulica
ul wczoraj dziś jutro gdzie kiedy ponieważ także który która które przy przed między bez lub proszę nazywam urodzony urodzona
temat został została wynosi tym tej tego we ze nad`,
  `os uma dos das em não para com mais mas no na ao aos pelo pela que é são foi ser está estão como se por seu sua seus
suas meu minha você vocês eu nós ele ela eles obrigado obrigada olá bom boa dia tarde noite senhor senhora sr sra atenciosamente
cumprimentos caro cara prezado prezada rua ontem hoje amanhã onde quando porque desde até também muito já sem sobre entre depois
antes anos chamo nascido nascida assunto numa tem tenho isso este esta`,
  `och att det som en på är av för med den har inte ett jag vi de så från om eller han hon ni du vår vårt våra mig
sig kan ska skulle blev blir också efter innan mellan utan hej tack hälsningar vänliga vänlig bästa fru igår idag imorgon gatan när
eftersom enligt född heter ärende bara mycket hur denna detta dessa vid över mot redan några gärna`,
  `og til en af ikke med det den har jeg vi de for på er som et fra kan blev bliver også efter mellem uden hej tak hilsen hilsner
venlig venlige kære hr fru frøken igår dag morgen hvor hvornår fordi ifølge født hedder emne kun meget denne dette disse ved mod siden
nogle hun hende deres vores mit dit skal ville været blevet sagde eller du mig sig`,
  `og ikke jeg dere deres hei takk hilsen vennlig kjære fra også etter før mellom uten blir ble hvor når fordi ifølge født heter
emne mye denne dette disse ved mot siden noen gjerne henne våre vår mitt ditt skal ville vært sa eller seg oss meg deg
på er av til som et å`,
  `ja on se että olen ovat ole mutta kun niin myös hän minä sinä me te he tämä tuo joka jotka kuin vain jo vielä sekä tai
hei kiitos terveisin ystävällisin hyvä herra rouva katu eilen tänään huomenna missä milloin koska ennen jälkeen ilman kanssa mukaan
syntynyt nimeni aihe olisi voi pitää hyvää päivää vuonna hänen heidän minun myöhemmin kuitenkin ollut olla tulee sitä siitä jonka mitä niitä eri uusi ensi
hyvin nyt sitten tässä siinä koko kaksi yksi kolme joita jossa ovatko emme aina taas lisäksi mutta vaikka muun muassa`,
  `și si în la cu pe de din nu este sunt că pentru fi fost are avea dacă acest această aceste ce lui lor
domnul doamna dna stimate stimată mulțumesc bună ziua salut stimă strada ieri azi mâine unde când după înainte între fără
numesc născut născută subiect foarte doar către prin până o un una`
]
