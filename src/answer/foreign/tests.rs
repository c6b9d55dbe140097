use super::*;

const ENGLISH_ONLY: &[Language] = &[Language::English];

#[track_caller]
fn check(text: &str, answered: &[Language], expected: Option<Foreign>) {
    assert_eq!(foreign(text, answered), expected, "{text:?}");
}

#[test]
fn english_is_never_foreign() {
    for text in [
        "",
        "hi",
        "does it hurt",
        "dose it hrut",
        "hwo lnog dose it tkae",
        "hwo depe do teh nedles go",
        "wen can i wear make up",
        "wat is prp",
        "wer can i get it done",
        "wo does it",
        "is it safe 4 me",
        "cost?",
        "prp",
        "microneedling acne scars",
        "microneedling vs laser vs peel",
        "crème de la mer after",
        "creme de la mer",
        "la roche posay cicaplast baume b5",
        "can i use la roche posay cicaplast baume b5 after",
        "eau de parfum on needled skin",
        "dr. van der berg or dr. de la cruz",
        "des moines clinic los angeles el paso",
        "was it worth it",
        "war man also die",
        "um dos it hurt",
        "em or no",
        "con or pro",
        "son has acne",
        "mi skin es red lol",
        "no es bueno lol is it normal",
        "por favor how long",
        "gracias",
        "danke",
        "merci beaucoup",
        "numb cream b4",
        "AI on IT",
        "EST or PST appt",
        "do u no if its ok 2 do it on ma face",
        "pls hlp my fase is so rde",
        "𝐝𝐨𝐞𝐬 𝐢𝐭 𝐡𝐮𝐫𝐭",
        "d o e s  i t  h u r t",
        "wie gehts my dudes, does microneedling hurt?",
        "Δ skin type?",
        "日 is that day",
        "serum ingredientes",
        "a e i o u y",
        "die die die",
        "sur sans pour",
        "par for the course",
        "il be red on mon or tue",
        "me and ma skin",
        "retinol",
        "rf microneedling vs dermaroller vs dermapen",
        "dr pen m8 0.5 mm per week",
        "how many sessions",
        "es",
        "i am in a rush",
        "es it safe",
        "hwo mnay sesions",
        "retnol b4 or aftr",
        "chemical piel",
        "botox oder prp", // as a slip of “order” would be
        "ich cream",      // as a slip of “itch” would be
        "skin sein",
        "l'oreal serum",
        "l'occitane hand balm",
        "estée lauder advanced night repair",
        "eau thermale avène cicalfate",
        "café au lait spots",
        "dr jart cicapair",
        "non comedogenic sunscreen",
        "soy allergy",
        "solo session",
        "mucho pain",
        "temps after numbing",
        "melasma",
        "casa clinic",
        "mon am or tue pm",
        "my abuela says dont do it",
        "hola! does it hurt?",
        "bonjour, how many sessions",
        "por que is my face so red lol",
        "je ne sais pas how to pick a clinic",
        "c'est la vie but will my scars ever go",
        "is dr. müller in köln any good",
        "my korean friend says 아파요, does it hurt?",
        "привет, does it hurt?",
        "is 微针 ok at home",
        "help (ノಠ益ಠ)ノ my face is red",
        "¯\\_(ツ)_/¯",
        // Too little to tell.
        "was ist microneedling",
        "vergetures ?",
        "c'mon y'all, o'clock",
    ] {
        check(text, ENGLISH_ONLY, None);
    }
}

#[test]
fn other_languages_are_told() {
    use Language::{French, German, Portuguese, Spanish};
    for (language, texts) in [
        (
            German,
            &[
                "tut es weh?",
                "Wie lange dauert die Heilung?",
                "wie tief gehen die nadeln",
                "Kann ich danach Make-up tragen?",
                "was ist das für eine behandlung",
                "hilft das gegen aknenarben",
                "wann darf ich wieder sport machen",
                "ich habe eine frage zu meiner haut",
                "wie oft soll man das machen",
                "ist das gefährlich für mich",
                "welche creme nach dem needling",
                "Warum ist meine Haut so rot?",
            ][..],
        ),
        (
            Spanish,
            &[
                "¿duele mucho?",
                "¿Cuánto tarda en curar?",
                "puedo usar maquillaje después",
                "qué es el microneedling",
                "cuanto tiempo voy a estar roja",
                "cada cuanto se puede hacer",
                "sirve para las cicatrices del acné",
                "que puedo ponerme en la piel después",
                "por qué tengo la cara tan roja",
                "cuando puedo hacer ejercicio",
            ],
        ),
        (
            French,
            &[
                "ça fait mal ?",
                "Combien de temps dure la guérison ?",
                "est-ce que je peux me maquiller après",
                "c'est quoi le microneedling",
                "quand puis-je faire du sport",
                "pourquoi ma peau est-elle rouge",
                "quelle crème faut-il mettre",
                "combien de séances sont nécessaires pour les cicatrices",
                "j’ai une question sur ma peau",
                "à quelle profondeur vont les aiguilles",
            ],
        ),
        (
            Portuguese,
            &[
                "dói muito?",
                "quanto tempo demora para cicatrizar?",
                "posso usar maquiagem depois",
                "o que é microagulhamento",
                "quando posso fazer exercício",
                "por que a minha pele está vermelha",
                "quantas sessões são necessárias",
                "isso ajuda com as cicatrizes de acne?",
                "você sabe se posso pegar sol",
                "tenho uma dúvida sobre a minha pele",
            ],
        ),
    ] {
        for text in texts {
            check(text, ENGLISH_ONLY, Some(Foreign::Known(language)));
            check(text, &[Language::English, language], None);
            check(text, &[language], None);
        }
    }
}

#[test]
fn short_questions_are_told() {
    use Language::{French, German, Portuguese, Spanish};
    for (language, texts) in [
        (German, &["wie oft dermaroller", "tut microneedling weh", "wie viele sitzungen", "welche nadellänge?"][..]),
        (German, &["nebenwirkungen von microneedling", "microneedling risiken", "ist microneedling sicher"]),
        (German, &["hast du tipps", "dermaroller zu hause", "wie teuer"]),
        (Spanish, &["¿duele el microneedling?", "cuántas sesiones", "puedo usar retinol", "cuanto cuesta el botox"]),
        (Spanish, &["es seguro el microneedling", "riesgos del microneedling", "efectos secundarios"]),
        (French, &["combien de séances ?", "le microneedling est douloureux ?", "est-ce que le rétinol aide"]),
        (French, &["effets secondaires", "microneedling à la maison", "c koi le microneedling", "sa fait mal"]),
        (Portuguese, &["dói?", "posso usar maquiagem?", "quantas sessões", "não dói"]),
        (Portuguese, &["microneedling preço", "microneedling riscos", "faz mal"]),
    ] {
        for text in texts {
            check(text, ENGLISH_ONLY, Some(Foreign::Known(language)));
        }
    }
}

#[test]
fn languages_without_fixed_texts_are_told() {
    for text in [
        "quanto costa il microneedling",
        "posso truccarmi dopo?",
        "doet microneedling pijn",
        "hoe vaak mag ik de dermaroller gebruiken",
        "ile kosztuje zabieg",
        "jak często dermaroller",
        "acıyor mu",
        "makyaj yapabilir miyim",
        "gör det ont?",
        "hur många behandlingar",
        "hvor ofte skal man bruke dermaroller",
        "apakah sakit",
        "boleh pakai retinol setelahnya",
        "cât costă o ședință",
        "có đau không",
        "kolik stojí microneedling",
        "sattuuko se",
        "mennyibe kerül",
        "pwede ba mag makeup pagkatapos",
        "microneedling ke baad makeup kar sakte hain",
        "microneedling prezzo",
        "pijnlijk microneedling",
        "co to jest microneedling",
        "ile razy",
        "microneedling beneficios", // Spanish, or Portuguese without its accent
    ] {
        check(text, ENGLISH_ONLY, Some(Foreign::Other));
    }
}

#[test]
fn a_script_is_told_beside_loanwords() {
    for text in
        ["疼吗", "PRP是什么", "botox랑 같이", "derma roller как часто", "microneedling मदद करता है", "هل retinol جيد"]
    {
        check(text, ENGLISH_ONLY, Some(Foreign::Other));
    }
}

#[test]
fn other_scripts_are_told() {
    for text in [
        "сколько длится заживление",
        "痛いですか",
        "疼不疼？",
        "هل هو مؤلم",
        "πόσο πονάει",
        "얼마나 아파요",
        "क्या दर्द होता है",
    ] {
        check(text, ENGLISH_ONLY, Some(Foreign::Other));
    }
    check("PRP это что такое", ENGLISH_ONLY, Some(Foreign::Other));
    check("what does микронидлинг mean here", ENGLISH_ONLY, None);
}

#[test]
fn english_is_foreign_where_nothing_is_answered_in_it() {
    let known = Some(Foreign::Known(Language::English));
    check("how long does it take to heal", &[Language::German], known);
    check("can i wear make up after it", &[Language::Spanish, Language::Portuguese], known);
    check("was ist das", &[Language::German], None);
    check("microneedling", &[Language::German], None);
    check("der dermaroller ist gut oder", &[Language::German], None);
    // Neighbours.
    check(
        "quanto tempo demora para cicatrizar a minha pele",
        &[Language::Spanish],
        Some(Foreign::Known(Language::Portuguese)),
    );
    check("cuánto tiempo tarda en curarse la piel", &[Language::Portuguese], Some(Foreign::Known(Language::Spanish)));
    check("posso usar maquiagem", &[Language::Spanish], Some(Foreign::Known(Language::Portuguese)));
    check("usar sol", &[Language::Spanish], None);
}
